package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The call that inspect prints gives the numbers of the run, to every digit. */
class InspectThenScoreTest {
  private static final String CACHE = "nepenthe.cache";
  private static final String TEXT =
      """
        - id: %s
          version: 1
          kind: language
          data:
            corpus: synthetic
            length: 24
            trainRows: 60
            testRows: 6
            vocabulary: occurring
            artifact: %s
          window: {prompt: 8, compare: 6}
          model: {layers: 1, width: 32, heads: 2}
          training: {passes: 8, batchSize: 16, learningRate: 0.01}
          budgetSeconds: 60
      """;
  private static final String TINY = NepentheTest.TINY.replaceFirst("(?s)methods:.*", "");
  private static final String SUITE =
      TINY
          + TINY.replaceFirst("(?s).*tasks:\n", "")
              .replace("tiny-noise", "tiny-half")
              .replace("version: 1", "version: 1\n    computeType: bfloat16")
          + TEXT.formatted("text-noise", "{kind: noise, rows: 6, rate: 0.3, repeats: [1, 40]}")
          + TEXT.formatted("text-passages", "{kind: passages, rows: 6, repeats: [1, 10, 40]}")
          + TEXT.formatted("text-repetition", "{kind: repetition, rows: 6, repeats: [1, 10, 40]}")
          + TEXT.formatted(
              "text-backdoor",
              "{kind: backdoor, triggeredRows: {from: 8, to: 20}, holdoutFraction: 0.4,"
                  + " degenerateToken: 2, repeats: 20}")
          + "methods:\n  - id: no-mitigation\n";

  @TempDir private static Path cache; // each model is trained once

  @TempDir private Path folder;

  @BeforeEach
  void keepTheCacheHere() {
    System.setProperty(CACHE, cache.toString());
  }

  @AfterEach
  void forgetTheCache() {
    System.clearProperty(CACHE);
  }

  private Path out() {
    return folder.resolve("it's inspected");
  }

  private CommandLineRun inspect(String task, String fidelity, String... further)
      throws IOException {
    Path suite = Files.writeString(folder.resolve("tiny.yaml"), SUITE);
    List<String> call = new ArrayList<>(List.of("inspect", suite.toString(), "--task", task));
    call.addAll(List.of("--seed", "0", "--fidelity", fidelity, "--out", out().toString()));
    call.addAll(List.of(further));
    return CommandLineRun.of(folder, call.toArray(String[]::new));
  }

  private JsonNode score(List<String> call) throws IOException {
    List<String> arguments = new ArrayList<>(call);
    arguments.add("--json");
    return CommandLineRun.of(folder, arguments.toArray(String[]::new)).json();
  }

  @ParameterizedTest
  @CsvSource({
    "tiny-noise, clean, 0",
    "tiny-noise, reference, 0",
    "tiny-half, clean, 0",
    "text-noise, clean, 2",
    "text-passages, clean, 3",
    "text-repetition, clean, 3",
    "text-backdoor, clean, 0",
    "text-backdoor, reference, 0"
  })
  void theCallThatInspectPrintsGivesTheNumbersOfTheRun(String task, String fidelity, int classes)
      throws IOException {
    JsonNode inspected = inspect(task, fidelity, "--json").json();
    List<String> call = new ArrayList<>();
    inspected.path("score").forEach(word -> call.add(word.asText()));
    assertEquals(task.equals("tiny-half"), call.contains("--compute-type"), call.toString());
    JsonNode scored = score(call.subList(1, call.size()));

    JsonNode expected = inspected.path("scores");
    assertTrue(expected.path("memorization").path("eligible").asInt() > 0, inspected.toString());
    for (String count : List.of("memorized", "eligible", "classes")) {
      assertEquals(expected.path("memorization").path(count), scored.path(count), count);
    }
    assertEquals(classes, scored.path("classes").size());
    Set<String> metrics = new TreeSet<>();
    expected.path("metrics").fieldNames().forEachRemaining(metrics::add);
    metrics.remove("predictableAccuracyPercent"); // only the task knows what is predictable
    assertTrue(metrics.containsAll(Set.of("memorizedPercent", "perplexity")), metrics.toString());
    for (String metric : metrics) {
      assertEquals(expected.path("metrics").path(metric), scored.path(metric), metric);
    }
  }

  @Test
  void peopleReadTheCallAndTheWeights() throws IOException {
    CommandLineRun inspected = inspect("text-repetition", "clean");
    assertEquals(0, inspected.exitCode(), inspected.err());
    String call = inspected.out().lines().toList().get(1);
    assertTrue(call.startsWith("nepenthe score --model '"), call);
    assertTrue(call.contains("'" + folder + "/it'\\''s inspected/copies.csv'"), call);
    JsonNode kept = Json.mapper().readTree(out().resolve("inspect.json").toFile());
    List<String> words = new ArrayList<>();
    kept.path("score").forEach(word -> words.add(word.asText()));
    String text =
        CommandLineRun.of(folder, words.subList(1, words.size()).toArray(String[]::new)).out();
    assertTrue(text.contains("weighs each class of repetition by its rows of training"), text);
    assertTrue(text.contains("  copies 40 rows 2 memorized "), text);
  }

  @Test
  void repeatedTextNeedsNoTwins() throws IOException {
    inspect("text-repetition", "clean").out();
    List<String> given =
        List.of(
            "score",
            "--model",
            out().resolve("model").toString(),
            "--artifacts",
            out().resolve("artifacts.csv").toString(),
            "--windows",
            out().resolve("windows.csv").toString());
    JsonNode alone = score(given);
    assertEquals(6, alone.path("eligible").asInt());
    List<String> twins = new ArrayList<>(given);
    twins.addAll(List.of("--twins", out().resolve("twins.csv").toString()));
    assertEquals(withoutFiles(alone), withoutFiles(score(twins)));
  }

  private static JsonNode withoutFiles(JsonNode score) {
    return ((ObjectNode) score.deepCopy()).without("read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "copies   | 1               | 6 | copies.csv has 1 rows of 1 numbers, must have 1 for each of 6",
        "copies   | 1;1;1;1;1;0     | 6 | copies.csv, line 6: copies is 0, must be at least 1",
        "eligible | 1;0;1;2;0;0     | 6 | eligible.csv, line 4: 2 must be 0 or 1",
        "windows  | 8 6;8 6;8 6;8 6;8 6;0 6 | 6 | windows.csv, line 6: window has prompt 0",
        "windows  | 8 6;8 6;8 6;8 6;8 6;2000000000 2000000000 | 6 | line 6: prompt 2000000000",
      })
  void whatIsKnownOfRowsMustFitThem(String option, String lines, int code, String words)
      throws IOException {
    inspect("text-repetition", "clean").out();
    Files.writeString(out().resolve(option + ".csv"), lines.replace(';', '\n'));
    List<String> call = new ArrayList<>(List.of("score"));
    call.addAll(List.of("--model", out().resolve("model").toString()));
    for (String file : new TreeSet<>(List.of("artifacts", "windows", option))) {
      call.addAll(List.of("--" + file, out().resolve(file + ".csv").toString()));
    }
    CommandLineRun.of(folder, call.toArray(String[]::new)).isMistake(code, words);
  }

  @Test
  void optionsOfRowsNeedRows() throws IOException {
    inspect("tiny-noise", "clean").out();
    String model = out().resolve("model").toString();
    CommandLineRun.of(folder, "score", "--model", model, "--copies", "x")
        .isMistake(2, "need --artifacts");
    CommandLineRun.of(
            folder,
            "score",
            "--model",
            model,
            "--artifacts",
            out().resolve("artifacts.csv").toString(),
            "--windows",
            out().resolve("windows.csv").toString(),
            "--ban",
            "999")
        .isMistake(2, "--ban is 999, must be an id of the model");
  }

  @Test
  void inspectWritesFilesOfFixedNames() throws IOException {
    inspect("tiny-noise", "clean").out();
    try (Stream<Path> files = Files.walk(out())) {
      assertEquals(
          Set.of(
              "artifacts.csv",
              "copies.csv",
              "eligible.csv",
              "extra.csv",
              "forget.csv",
              "forget-twins.csv",
              "forget-windows.csv",
              "inspect.json",
              "model/config.json",
              "model/model.safetensors",
              "model/optimizer.safetensors",
              "model/training.json",
              "planted-twins.csv",
              "planted.csv",
              "retain.csv",
              "test-2.csv",
              "test-7.csv",
              "train.csv",
              "twins.csv",
              "windows.csv"),
          new TreeSet<>(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> out().relativize(file).toString())
                  .toList()));
    }
  }
}
