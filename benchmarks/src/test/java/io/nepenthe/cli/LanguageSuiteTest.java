package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nepenthe.suite.Json;
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
  private static final String SUITE =
      """
      name: tiny-language
      description: For tests.
      protocol: "1.0"
      seeds: [1]
      timingForks: 0
      tasks:
        - id: text
          version: 1
          kind: language
          data:
            corpus: synthetic
            length: 24
            trainRows: 40
            testRows: 8
            artifact: {kind: noise, rows: 4, rate: 0.3, repeats: [1, 60]}
          window: {prompt: 8, compare: 6}
          model: {layers: 1, width: 32, heads: 2}
          training: {passes: 5, batchSize: 16, learningRate: 0.01}
          budgetSeconds: 60
      methods:
        - id: no-mitigation
        - {id: random-pruning, grid: {ratio: [0.1]}}
        - id: retrain-without-artifacts
        - {id: spectral-norm, grid: {lambda: [0.01]}}
        - {id: loss-truncation, grid: {dropc: [0.05], window: [100]}}
        - {id: example-tied-dropout, grid: {pMem: [0.1]}}
        - {id: both-fine-tuning, grid: {epochs: [1]}}
        - {id: clean-fine-tuning, grid: {epochs: [1]}}
        - {id: extra-fine-tuning, grid: {epochs: [1]}}
        - {id: hard-concrete, grid: {ratio: [0.05], epochs: [1]}}
        - {id: slim, grid: {ratio: [0.05], epochs: [1]}}
        - {id: act, grid: {ratio: [0.05]}}
        - {id: integrated-gradients, grid: {ratio: [0.05]}}
        - {id: zero, grid: {ratio: [0.05]}}
        - {id: greedy, grid: {ratio: [0.00001]}}
        - {id: sou, grid: {ratio: [0.05]}}
        - {id: durable, grid: {ratio: [0.05]}}
        - {id: durable-agg, grid: {ratio: [0.05]}}
        - {id: subnet, grid: {ratio: [0.05], epochs: [1]}}
        - {id: balanced-subnet, grid: {ratio: [0.05], epochs: [1], lossWeight: [0.9]}}
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

  @Test
  void everyMethodRunsOnTextAndIsJudgedByPerplexity() throws IOException {
    Path suite = Files.writeString(folder.resolve("tiny-language.yaml"), SUITE);
    CommandLineRun run =
        CommandLineRun.of(
            folder, "run", suite.toString(), "--out", folder.resolve("out").toString());
    assertEquals(0, run.exitCode(), run.err());

    JsonNode original = files("originals").get(0).path("scores");
    assertTrue(original.path("memorization").path("memorizedPercent").asDouble() > 50);
    assertEquals(2, original.path("memorization").path("classes").size());
    assertTrue(original.path("accuracyPercent").isNull());

    List<JsonNode> trials = files("trials");
    assertEquals(20, trials.size());
    for (JsonNode trial : trials) {
      String method = trial.path("identity").path("method").asText();
      double perplexity = trial.path("after").path("perplexity").asDouble();
      assertTrue(perplexity > 1 && Double.isFinite(perplexity), method + " " + perplexity);
      assertTrue(trial.path("after").path("referencePerplexity").asDouble() > 1, method);
    }
    String report = Files.readString(folder.resolve("out/report/index.html"));
    assertTrue(report.contains("synthetic text made up by this program"));
    assertTrue(report.contains("% Mem, rows repeated 60×"));
  }
}
