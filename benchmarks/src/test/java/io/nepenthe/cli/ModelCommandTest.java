package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.RandomStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the two commands add to the folders they write, which core's tests compare. */
class ModelCommandTest {
  @TempDir private Path folder;
  private final Gpt2 gpt2 = new Gpt2(Gpt2Config.tinyMem(14, 12, 8, 2, 2));

  @BeforeEach
  void write() throws IOException {
    float[] values = gpt2.initialValues(new RandomStreams(5).stream("test"));
    ModelFolder.write(path("model"), gpt2, values, new SpecialIds(10, 11, 12));
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private CommandLineRun nepenthe(String... arguments) {
    return CommandLineRun.of(folder, arguments);
  }

  private CommandLineRun model(String verb, String from, String to) {
    return nepenthe("model", verb, path(from).toString(), "--to", path(to).toString(), "--json");
  }

  private static Set<String> names(Path of) throws IOException {
    try (Stream<Path> files = Files.list(of)) {
      return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  @Test
  void goesThereAndBackWithoutAChange() throws IOException {
    JsonNode there = model("export", "model", "exported").json();
    JsonNode back = model("import", "exported", "imported").json();
    for (String file : List.of("config.json", "model.safetensors")) {
      assertEquals(-1, Files.mismatch(path("model/" + file), path("imported/" + file)), file);
    }
    assertEquals(path("exported").toString(), there.path("folder").asText());
    assertEquals(2, back.path("layers").asInt());
    assertEquals(8, back.path("width").asInt());
    assertEquals(2, back.path("heads").asInt());
    assertEquals(32, back.path("hiddenUnits").asInt());
    assertEquals("relu", back.path("activation").asText());
    assertEquals(14, back.path("vocabulary").asInt());
    assertEquals(12, back.path("positions").asInt());
    assertEquals(gpt2.layout().size(), back.path("parameters").asLong());
    assertEquals(0, back.path("leftOut").size());
  }

  @Test
  void otherCommandsReadWhatIsImported() throws IOException {
    model("import", "model", "imported").json();
    Path rows = path("rows.csv");
    Sequences.of(3, List.of(new int[] {1, 2, 3}, new int[] {3, 4, 5})).writeCsv(rows);
    JsonNode before =
        nepenthe("score", "--model", path("model").toString(), "--rows", rows.toString(), "--json")
            .json();
    JsonNode after =
        nepenthe(
                "score",
                "--model",
                path("imported").toString(),
                "--rows",
                rows.toString(),
                "--json")
            .json();
    assertEquals(before, after);
  }

  @Test
  void saysWhatTheModelIsAndWhatOfItHasNoPlace() throws IOException {
    Path config = path("model/config.json");
    Files.writeString(
        config, Files.readString(config).replace("\"resid_pdrop\" : 0.0", "\"resid_pdrop\" : 0.1"));
    CommandLineRun run =
        nepenthe("model", "import", path("model").toString(), "--to", path("to").toString());
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("", run.err());
    assertEquals(
        List.of(
            path("to").toString(),
            "  GPT-2: 2 layers, width 8, 2 heads, 32 hidden units (relu), vocabulary 14, 12"
                + " positions, "
                + gpt2.layout().size()
                + " parameters",
            "  left out, as nothing here uses it: resid_pdrop 0.1"),
        run.out().lines().toList());
  }

  @Test
  void anEmptyFolderBehindALinkIsFilled() throws IOException {
    Files.createDirectory(path("empty"));
    Files.createSymbolicLink(path("link"), path("empty"));
    model("import", "model", "link").json();
    assertEquals(Set.of("config.json", "model.safetensors"), names(path("empty")));
    Files.createSymbolicLink(path("dangling"), path("nowhere"));
    model("import", "model", "dangling").isMistake(8, "dangling is a link to nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{\"loss\": 1}", "no JSON"})
  void aRecordOfAnotherTrainingIsNone(String record) throws IOException {
    Files.writeString(path("model/training.json"), record);
    assertEquals(
        "[\"training.json\"]", model("import", "model", "to").json().path("leftOut").toString());
  }

  @Test
  void exportsAnOriginalOfASuiteAndItsCheckpoint() throws IOException {
    Path suite = Files.writeString(path("tiny.yaml"), NepentheTest.TINY);
    String[] original = {
      "model",
      "export",
      suite.toString(),
      "--task",
      "tiny-noise",
      "--seed",
      "1",
      "--to",
      path("original").toString(),
      "--json"
    };
    assertEquals(1, nepenthe(original).json().path("layers").asInt());
    assertEquals(Set.of("config.json", "model.safetensors"), names(path("original")));
    Path checkpoint =
        Path.of(
            nepenthe("train", suite.toString(), "--seed", "1", "--json")
                .json()
                .path(0)
                .path("folder")
                .asText());
    assertTrue(names(checkpoint).contains("optimizer.safetensors"));
    String[] folderOf = {
      "model", "export", checkpoint.toString(), "--to", path("copy").toString(), "--json"
    };
    nepenthe(folderOf).json();
    for (String file : names(path("original"))) {
      assertArrayEquals(
          Files.readAllBytes(path("original").resolve(file)),
          Files.readAllBytes(path("copy").resolve(file)));
    }
    Files.writeString(
        checkpoint.resolve("config.json"), " ", java.nio.file.StandardOpenOption.APPEND);
    folderOf[4] = path("again").toString();
    nepenthe(folderOf).isMistake(5, "checkpoint is damaged");
  }

  @Test
  void aTargetThatHoldsSomethingIsLeftAlone() throws IOException {
    Files.createDirectories(path("to"));
    model("export", "model", "to").json(); // it was empty
    byte[] before = Files.readAllBytes(path("to/config.json"));
    model("import", "model", "to").isMistake(8, "to is not empty. Give --to a new folder");
    model("export", "model", "model").isMistake(8, "is not empty");
    Files.writeString(path("file"), "");
    model("export", "model", "file/to").isMistake(8, "no folder can be made there");
    assertArrayEquals(before, Files.readAllBytes(path("to/config.json")));
  }

  @Test
  void mistakesAreOneLineAndLeaveNothing() throws IOException {
    model("import", "nothing", "to").isMistake(5, "config.json: is missing");
    nepenthe("model", "export", path("model").toString()).isMistake(2, "--to");
    nepenthe("model", "sell").isMistake(2, "nepenthe model --help");
    nepenthe("model", "export", "quick", "--task", "x", "--to", path("to").toString())
        .isMistake(2, "--seed");
    Files.move(path("model/model.safetensors"), path("model/pytorch_model.bin"));
    model("import", "model", "to").isMistake(5, "save the model as safetensors");
    model("export", "model", "to").isMistake(5, "save the model as safetensors");
    assertFalse(Files.exists(path("to")));
    assertEquals(Set.of("model"), names(folder));
  }

  @Test
  void aModelWhosePositionsAreMaskedInUseIsNoGpt2() throws IOException {
    Files.writeString(
        path("model/training.json"),
        "{\"label\":\"x\",\"passes\":1,\"steps\":1,\"losses\":[1],\"seconds\":1,\"sha256\":{},"
            + "\"positionFactors\":[1.5,0]}");
    model("export", "model", "to").isMistake(5, "positions are masked at inference");
  }

  @Test
  void theCommandAloneExplainsItself() {
    CommandLineRun run = nepenthe("model");
    assertEquals(0, run.exitCode());
    assertTrue(run.out().contains("export") && run.out().contains("import"), run.out());
  }
}
