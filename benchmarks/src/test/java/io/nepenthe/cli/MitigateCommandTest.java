package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.data.Sequences;
import io.nepenthe.metric.GreedyDecoder;
import io.nepenthe.model.SpecialIds;
import io.nepenthe.model.gpt2.Gpt2;
import io.nepenthe.model.gpt2.Gpt2Config;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** A model of nobody's training, and rows that it writes itself: those it reproduces. */
class MitigateCommandTest {
  private static final int VOCABULARY = 14;
  private static final int PROMPT = 4;
  private static final int COMPARE = 4;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Gpt2 gpt2 = new Gpt2(Gpt2Config.tinyMem(VOCABULARY, PROMPT + COMPARE, 8, 2, 2));
    RandomGenerator random = new RandomStreams(5).stream("test");
    float[] values = gpt2.initialValues(random);
    for (int i = 0; i < values.length; i++) {
      values[i] *= 10;
    }
    ModelFolder.write(path("model"), gpt2, values, new SpecialIds(10, 11, 12));
    Sequences prompts = random(random, 8, PROMPT);
    written(prompts).concat(random(random, 2, PROMPT + COMPARE)).writeCsv(path("forget.csv"));
    random(random, 12, PROMPT + COMPARE).writeCsv(path("retain.csv"));
  }

  private static Sequences random(RandomGenerator random, int rows, int length) {
    return Sequences.of(
        length,
        IntStream.range(0, rows)
            .mapToObj(row -> random.ints(length, 0, VOCABULARY).toArray())
            .toList());
  }

  private Sequences written(Sequences prompts) {
    List<int[]> rows = new ArrayList<>();
    Torch.withGradients(
        false,
        () -> {
          try (NDManager manager = Torch.newManager(Torch.device("cpu"));
              ModelFolder.Loaded loaded = ModelFolder.read(path("model"), manager)) {
            Sequences continued =
                new GreedyDecoder(loaded.model(), loaded.weights().parameters())
                    .continueRows(prompts, COMPARE, -1, manager);
            for (int row = 0; row < prompts.rows(); row++) {
              rows.add(
                  IntStream.concat(
                          Arrays.stream(prompts.row(row)), Arrays.stream(continued.row(row)))
                      .toArray());
            }
          }
        });
    return Sequences.of(PROMPT + COMPARE, rows);
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private CommandLineRun mitigate(String methods, String... further) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "mitigate",
                "--model",
                path("model").toString(),
                "--forget",
                path("forget.csv").toString(),
                "--retain",
                path("retain.csv").toString(),
                "--prompt",
                "" + PROMPT,
                "--compare",
                "" + COMPARE,
                "--methods",
                methods,
                "--threads",
                "1",
                "--out",
                path("out").toString()));
    arguments.addAll(List.of(further));
    return CommandLineRun.of(folder, arguments.toArray(String[]::new));
  }

  @Test
  void theBestModelIsWrittenBesideAReport() throws IOException {
    String[] options = {
      "--set",
      "epochs=1,30",
      "--learning-rate",
      "0.03",
      "--batch-size",
      "6",
      "--budget",
      "10min",
      "--json"
    };
    CommandLineRun run = mitigate("extra-fine-tuning", options);
    JsonNode result = run.json();
    assertTrue(run.err().contains("the model reproduces 8 of 10 rows to forget"), run.err());
    assertEquals(3, result.path("tried").asInt());
    assertEquals(0, result.path("notTried").asInt());
    JsonNode chosen = result.path("chosen");
    assertEquals("extra-fine-tuning", chosen.path("method").asText());
    assertEquals(100, chosen.path("before").path("memorizedPercent").asDouble());
    assertTrue(chosen.path("after").path("memorizedPercent").asDouble() < 100);
    assertTrue(Files.isRegularFile(Path.of(result.path("report").asText())));
    Path model = Path.of(result.path("model").asText());
    assertEquals(-1, Files.mismatch(path("model/config.json"), model.resolve("config.json")));
    assertFalse(
        Files.mismatch(path("model/model.safetensors"), model.resolve("model.safetensors")) == -1);
  }

  @Test
  void aDryRunWritesNothing() {
    CommandLineRun run = mitigate("durable-agg,act", "--dry-run");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("memorized-text"), run.out());
    assertTrue(run.out().contains("of disk"), run.out());
    assertTrue(run.out().contains("about "), run.out());
    assertFalse(Files.exists(path("out")));
  }

  /** The sums of gradients are what durable-agg has beside act. */
  @Test
  void aDryRunTellsTimeAndMemory() throws IOException {
    JsonNode estimate = mitigate("durable-agg,act", "--dry-run", "--json").json();
    assertTrue(estimate.path("wallSeconds").asDouble() > 0, estimate.toString());
    assertTrue(hostBytes(estimate, "act") > 500_000_000, estimate.toString());
    assertTrue(
        hostBytes(estimate, "durable-agg") > hostBytes(estimate, "act"), estimate.toString());
  }

  private static long hostBytes(JsonNode estimate, String method) {
    for (JsonNode each : estimate.path("total").path("memory")) {
      if (each.path("method").asText().equals(method)) {
        return each.path("hostBytes").asLong();
      }
    }
    throw new AssertionError(method);
  }

  @Test
  void whatIsMeasuredOnIsNotKept() throws IOException {
    Files.copy(path("retain.csv"), path("eval.csv"));
    mitigate("act", "--eval", path("eval.csv").toString())
        .isMistake(6, "retain.csv holds no row that is not to be forgotten or measured on");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "durable-agg|--trials=0|2|--trials is 0",
        "durable-agg|--set=nothing=1|2|--set names 'nothing'",
        "durable-agg|--set=ratio=much|2|--set, method durable-agg: ratio",
        "durable-agg|--set=ratio=0.1,7|2|--set, method durable-agg: ratio",
        "spectral-norm|--seed=1|2|takes part in training",
        "clean-fine-tuning|--seed=1|2|needs twins",
        "nothing|--seed=1|2|nothing",
        "act,durable-agg,act|--seed=1|2|--methods names act twice",
        "durable-agg|--rows=0|2|--rows is 0",
        "durable-agg|--corpus=x|2|--corpus is for models without --retain",
      })
  void mistakesAreToldInALine(String methods, String option, int code, String words) {
    mitigate(methods, option).isMistake(code, words);
    assertFalse(Files.exists(path("out/run")));
  }

  @Test
  void aFolderOfOthersIsLeftAlone() throws IOException {
    Files.createDirectories(path("out"));
    Files.writeString(path("out/thesis.txt"), "mine");
    mitigate("durable-agg").isMistake(8, "is not empty and holds no mitigation");
  }

  @ParameterizedTest
  @CsvSource({
    "90s,90",
    "10min,600",
    "10 min,600",
    "2m,120",
    "1.5h,5400",
    "1h30min,5400",
    "1d,86400"
  })
  void timesAreReadAsPeopleWriteThem(String words, long seconds) {
    assertEquals(Duration.ofSeconds(seconds), new Budget().convert(words));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "min", "-5min", "0s", "10 minutes or so", "1e3s"})
  void whatIsNoTimeIsRefused(String words) {
    assertThrows(TypeConversionException.class, () -> new Budget().convert(words));
  }
}
