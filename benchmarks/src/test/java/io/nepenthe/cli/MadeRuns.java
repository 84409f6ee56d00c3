package io.nepenthe.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nepenthe.json.Json;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunMethod;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Runs that nobody ran: of the suite "tiny" with the task "task". */
final class MadeRuns {
  private static final String HASH = "0".repeat(64);

  private MadeRuns() {}

  /** Returns what run.json holds of a run of the task "task". */
  static RunFile file(
      List<Long> seeds, Map<String, List<Number>> ratiosByMethod, Provenance provenance) {
    return file(seeds, ratiosByMethod, provenance, "cpu");
  }

  /** Returns the same of a run on a device. */
  static RunFile file(
      List<Long> seeds,
      Map<String, List<Number>> ratiosByMethod,
      Provenance provenance,
      String device) {
    List<String> methods = List.copyOf(ratiosByMethod.keySet());
    Suite suite =
        new Suite(
            "tiny",
            "For tests.",
            ProtocolVersion.CURRENT,
            Fidelity.CLEAN,
            seeds,
            1,
            device,
            null,
            null,
            List.of(task("task")),
            methods.stream().map(id -> new MethodChoice(id, null, null)).toList());
    return RunFile.of(
        suite,
        methods.stream()
            .map(
                id ->
                    new RunMethod(
                        id,
                        "1.0.0",
                        HASH,
                        descriptor(id),
                        Map.of("task", Map.of("ratio", ratiosByMethod.get(id)))))
            .toList(),
        Map.of("total", 1.0),
        provenance);
  }

  /** Returns the identity of a trial of such a run. */
  static TrialIdentity identity(String method, long seed, double ratio, String device) {
    return new TrialIdentity(
        ProtocolVersion.CURRENT,
        "task",
        task("task").hash(),
        HASH,
        HASH,
        method,
        "1.0.0",
        HASH,
        Map.of("ratio", ratio),
        seed,
        Fidelity.CLEAN,
        List.of(),
        device,
        1);
  }

  /** Returns the original model of such a run. */
  static OriginalResult original(long seed, Scores scores, Provenance provenance) {
    return new OriginalResult(
        OriginalResult.SCHEMA,
        OriginalResult.id("task", seed),
        "task",
        seed,
        task("task").hash(),
        HASH,
        HASH,
        1,
        scores,
        null,
        IntStream.range(0, scores.memorization().memorized()).boxed().toList(),
        List.of(),
        1,
        provenance);
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
            }
          },
          "grids": {}
        }
        """;
    return MethodDescriptor.read(json.formatted(name).getBytes(StandardCharsets.UTF_8));
  }
}
