package io.nepenthe.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nepenthe.json.Json;
import io.nepenthe.plugin.MethodDescriptor;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunMethod;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs that nobody ran: of the suite "tiny" with the task "task". */
final class MadeRuns {
  private MadeRuns() {}

  static RunFile file(List<Long> seeds, List<String> methods, Provenance provenance) {
    Suite suite =
        new Suite(
            "tiny",
            "For tests.",
            ProtocolVersion.CURRENT,
            Fidelity.CLEAN,
            seeds,
            1,
            "cpu",
            null,
            null,
            List.of(task("task")),
            methods.stream().map(id -> new MethodChoice(id, null, null)).toList());
    return RunFile.of(
        suite,
        methods.stream()
            .map(id -> new RunMethod(id, "1.0.0", "0".repeat(64), descriptor(id), Map.of()))
            .toList(),
        Map.of("total", 1.0),
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
          "needs": [], "hyperparameters": {}, "grids": {}
        }
        """;
    return MethodDescriptor.read(json.formatted(name).getBytes(StandardCharsets.UTF_8));
  }
}
