package io.nepenthe.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nepenthe.exchange.TrialTime;
import io.nepenthe.json.Json;
import io.nepenthe.metric.ByMetric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.metric.SplitScores;
import io.nepenthe.plugin.Family;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunMethod;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Writes a run of very many trials, as large as real ones: ten tasks, twenty methods, five seeds.
 * One in a hundred has failed.
 */
final class ManyTrials {
  private static final int TASKS = 10;
  private static final int METHODS = 20;
  private static final int SEEDS = 5;
  private static final int RUNS_OF_A_SETTING = TASKS * METHODS * SEEDS;
  private static final String JAR = "ab".repeat(32);
  private static final List<String> TASK_HASHES =
      IntStream.range(0, TASKS).mapToObj(i -> task("task-" + i).hash()).toList();
  private static final Provenance HERE =
      new Provenance(
          "0123abc",
          "17",
          "0.36.0",
          "2.7.1",
          "Linux 6.1",
          "CPU",
          2,
          1L << 34,
          null,
          null,
          1,
          "f00d");

  private ManyTrials() {}

  /** Writes a run into the folder of the first argument, of as many trials as the second says. */
  public static void main(String[] arguments) {
    write(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
  }

  static void write(Path folder, int trials) {
    RunStore store = new RunStore(folder, line -> {});
    store.create();
    store.put(file((trials + RUNS_OF_A_SETTING - 1) / RUNS_OF_A_SETTING));
    for (int task = 0; task < TASKS; task++) {
      for (int seed = 0; seed < SEEDS; seed++) {
        store.put(original("task-" + task, seed));
      }
    }
    IntStream.range(0, trials).parallel().forEach(i -> write(trial(i), folder.resolve("trials")));
  }

  /** Writes without waiting for the disk, which a store does for each file. */
  private static void write(TrialResult trial, Path folder) {
    ObjectNode json = Json.mapper().valueToTree(trial);
    json.put("contentHash", ContentHash.of(Json.canonical(json)));
    try {
      Files.writeString(folder.resolve(trial.id() + ".json"), Json.pretty(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RunFile file(int settings) {
    Map<String, List<Number>> grid =
        Map.of(
            "ratio",
            IntStream.range(0, settings).<Number>mapToObj(i -> i / 1000.0).toList(),
            "epochs",
            List.of(10),
            "batchSize",
            List.of(64));
    Map<String, Map<String, List<Number>>> grids =
        IntStream.range(0, TASKS).boxed().collect(Collectors.toMap(i -> "task-" + i, i -> grid));
    List<String> methods = IntStream.range(0, METHODS).mapToObj(i -> "method-" + i).toList();
    Suite suite =
        new Suite(
            "many",
            "Very many trials.",
            "1.0",
            Fidelity.CLEAN,
            LongStream.range(0, SEEDS).boxed().toList(),
            1,
            "cpu",
            null,
            null,
            IntStream.range(0, TASKS).mapToObj(i -> task("task-" + i)).toList(),
            methods.stream().map(id -> new MethodChoice(id, null, null)).toList());
    return RunFile.of(
        suite,
        methods.stream().map(id -> new RunMethod(id, "1.0.0", JAR, descriptor(id), grids)).toList(),
        Map.of("total", 1.0),
        HERE);
  }

  private static TaskSpec task(String id) {
    String json =
        """
        {
          "id": "%s", "version": 1, "kind": "math",
          "data": {
            "family": "additive", "numbers": 8, "length": 34, "primary": 7, "auxiliary": [2],
            "primaryRows": 40, "auxiliaryRows": 20, "testRows": 5,
            "artifact": {"kind": "noise", "rows": 8, "rate": 0.4}
          },
          "window": {"prompt": 10, "compare": 2},
          "model": {"layers": 2, "width": 32, "heads": 4},
          "training": {"passes": 9, "batchSize": 8, "learningRate": 0.005},
          "budgetSeconds": 1
        }
        """;
    try {
      return Json.mapper().readValue(json.formatted(id), TaskSpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodDescriptor descriptor(String name) {
    String json =
        """
        {
          "name": "%s", "family": "unlearning", "edits": "weights", "summary": "Forgets.",
          "paper": {"title": "T", "authors": "A", "year": 2000, "url": "u", "section": "s"},
          "needs": [], "hyperparameters": {
            "ratio": {
              "type": "real", "min": 0, "max": 1, "default": 0.1, "affects": "edit",
              "description": "Share of the weights."
            },
            "epochs": {
              "type": "integer", "min": 1, "max": 99, "default": 10, "affects": "edit",
              "description": "Passes."
            },
            "batchSize": {
              "type": "integer", "min": 1, "max": 99, "default": 64, "affects": "edit",
              "description": "Rows of a step."
            }
          },
          "grids": {}
        }
        """;
    return MethodDescriptor.read(json.formatted(name).getBytes(StandardCharsets.UTF_8));
  }

  private static OriginalResult original(String task, long seed) {
    Scores scores = scores(60, 90);
    return new OriginalResult(
        OriginalResult.SCHEMA,
        task + "_s" + seed,
        task,
        seed,
        task(task).hash(),
        JAR,
        JAR,
        814_336,
        scores,
        null,
        IntStream.range(0, 60).boxed().toList(),
        List.of(
            new OriginalResult.CurvePoint(0, 3, scores(0, 10)),
            new OriginalResult.CurvePoint(1, 1, scores)),
        60,
        HERE);
  }

  private static Scores scores(int memorized, double accuracy) {
    Map<String, Double> byTest = new TreeMap<>();
    List.of("2", "3", "4", "5", "7").forEach(test -> byTest.put(test, accuracy));
    RowCounts counts = new RowCounts(memorized, 100);
    return new Scores(
        ByMetric.of(
            metric ->
                metric == Metrics.MEMORIZED
                    ? counts.percent()
                    : metric.unit().lowest() + accuracy / 100),
        counts,
        byTest);
  }

  private static TrialResult trial(int i) {
    int method = i % METHODS;
    int task = i / METHODS % TASKS;
    int seed = i / METHODS / TASKS % SEEDS;
    int setting = i / METHODS / TASKS / SEEDS;
    TrialIdentity identity =
        new TrialIdentity(
            "1.0",
            "task-" + task,
            TASK_HASHES.get(task),
            JAR,
            JAR,
            "method-" + method,
            "1.0.0",
            JAR,
            new TreeMap<>(Map.of("ratio", setting / 1000.0, "epochs", 10, "batchSize", 64)),
            seed,
            Fidelity.CLEAN,
            List.of(),
            "cpu",
            1);
    boolean valid = setting % 100 != 99;
    Scores before = scores(60, 90);
    Scores after = scores((method + setting) % 60, 90 - (method * 7 + setting) % 40 - seed / 10.0);
    return new TrialResult(
        TrialResult.SCHEMA,
        RunStore.id(identity),
        identity,
        "Method " + method,
        Family.UNLEARNING,
        valid ? new TrialOutcome.Valid() : new TrialOutcome.Failed("OutOfMemoryError: heap"),
        before,
        valid ? after : null,
        new SplitScores(before, before),
        valid ? new SplitScores(after, after) : null,
        valid ? new TrialTime(1 + setting / 100.0, 0.5, 0.25) : null,
        valid ? 4_096L : null,
        valid ? JAR : null,
        List.of(),
        1L << 30,
        null,
        HERE,
        "2025-01-01T00:00:00Z");
  }
}
