package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All methods of the project on text, with GPT-2's whole vocabulary. */
class LanguageSuiteTest {
  private static final String CACHE = "nepenthe.cache"; // workers are told it, too
  private static final String TASK =
      """
      name: tiny-language
      description: For tests.
      protocol: "1.1"
      seeds: [1]
      timingForks: 0
      tasks:
        - id: text
          version: 1
          kind: language
          data:
            corpus: synthetic
            length: 16
            trainRows: 12
            testRows: 4
            vocabulary: %s
            artifact: {kind: noise, rows: 4, rate: 0.3, repeats: [1, 40]}
          window: {prompt: 8, compare: 6}
          model: {layers: 1, width: 16, heads: 2}
          training: {passes: 8, batchSize: 16, learningRate: 0.01}
          budgetSeconds: 60
      methods:
      """;
  private static final String ON_A_TRAINED_MODEL =
      """
        - id: no-mitigation
        - {id: random-pruning, grid: {ratio: [0.1]}}
        - {id: both-fine-tuning, grid: {epochs: [1]}}
        - {id: clean-fine-tuning, grid: {epochs: [1]}}
        - {id: extra-fine-tuning, grid: {epochs: [1]}}
        - {id: hard-concrete, grid: {ratio: [0.05], epochs: [1]}}
        - {id: slim, grid: {ratio: [0.05], epochs: [1]}}
        - {id: act, grid: {ratio: [0.05]}}
        - {id: integrated-gradients, grid: {ratio: [0.05]}}
        - {id: zero, grid: {ratio: [0.05]}}
        - {id: greedy, grid: {ratio: [0.000002]}}
        - {id: sou, grid: {ratio: [0.05]}}
        - {id: durable, grid: {ratio: [0.05]}}
        - {id: durable-agg, grid: {ratio: [0.05]}}
        - {id: subnet, grid: {ratio: [0.05], epochs: [1]}}
        - {id: balanced-subnet, grid: {ratio: [0.05], epochs: [1], lossWeight: [0.9]}}
      """;
  private static final String IN_TRAINING =
      """
        - id: retrain-without-artifacts
        - {id: spectral-norm, grid: {lambda: [0.01]}}
        - {id: loss-truncation, grid: {dropc: [0.05], window: [100]}}
        - {id: example-tied-dropout, grid: {pMem: [0.1]}}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void keepTheCacheHere() {
    System.setProperty(CACHE, folder.resolve("cache").toString());
  }

  @AfterEach
  void forgetTheCache() {
    System.clearProperty(CACHE);
  }

  private List<JsonNode> files(String kind) throws IOException {
    List<JsonNode> read = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("out").resolve(kind))) {
      for (Path file : files.sorted().toList()) {
        read.add(Json.mapper().readTree(file.toFile()));
      }
    }
    return read;
  }

  private List<JsonNode> trials(String vocabulary, String methods) throws IOException {
    Path suite =
        Files.writeString(
            folder.resolve("tiny-language.yaml"), TASK.formatted(vocabulary) + methods);
    CommandLineRun run =
        CommandLineRun.of(
            folder, "run", suite.toString(), "--out", folder.resolve("out").toString());
    assertEquals(0, run.exitCode(), run.err());
    return files("trials");
  }

  private static void assertJudgedByPerplexity(JsonNode trial) {
    String method = trial.path("identity").path("method").asText();
    double perplexity = trial.path("after").path("metrics").path("perplexity").asDouble();
    assertTrue(perplexity > 1 && Double.isFinite(perplexity), method + " " + perplexity);
    assertTrue(
        trial.path("after").path("metrics").path("referencePerplexity").asDouble() > 1, method);
    assertTrue(trial.path("after").path("metrics").path("accuracyPercent").isMissingNode(), method);
  }

  @Test
  void methodsOnATrainedModelWorkWithTheWholeVocabulary() throws IOException {
    List<JsonNode> trials = trials("gpt2", ON_A_TRAINED_MODEL);
    assertEquals(16, trials.size());
    trials.forEach(LanguageSuiteTest::assertJudgedByPerplexity);

    JsonNode memorization = files("originals").get(0).path("scores").path("memorization");
    JsonNode metrics = files("originals").get(0).path("scores").path("metrics");
    assertTrue(metrics.path("memorizedPercent").asDouble() > 50);
    assertEquals(2, memorization.path("classes").size());

    String report = Files.readString(folder.resolve("out/report/index.html"));
    assertTrue(report.contains("text (synthetic text)"));
    assertTrue(report.contains("% Mem, rows repeated 40×"));
  }

  @Test
  void methodsInTrainingWorkOnText() throws IOException {
    List<JsonNode> trials = trials("occurring", IN_TRAINING);
    assertEquals(4, trials.size());
    trials.forEach(LanguageSuiteTest::assertJudgedByPerplexity);
  }
}
