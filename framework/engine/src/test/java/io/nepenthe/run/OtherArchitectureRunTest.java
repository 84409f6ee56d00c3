package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.MethodChoice;
import io.nepenthe.suite.ModelSpec;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole run, trained, mitigated and judged in other processes, of an architecture of the tests.
 */
class OtherArchitectureRunTest {
  private static final String SAID = "\"family\": \"%s\", \"needs\": [\"extra\"]";

  @TempDir private Path folder;

  @Test
  void aSuiteNamesTheArchitectureAndNothingElseKnowsIt() {
    TaskSpec tiny = TinySuite.task(120);
    TaskSpec task =
        new TaskSpec(
            "toy-noise",
            1,
            "math",
            tiny.data(),
            tiny.window(),
            new ModelSpec(2, 16, 1, "toy"),
            tiny.training(),
            tiny.budgetSeconds(),
            null,
            null,
            null);
    Path plugins = folder.resolve("plugins");
    TestMethods.jar(
        plugins,
        "shrinks",
        TestMethods.Shrinks.class,
        SAID.formatted("unlearning") + ", \"edits\": \"all\"",
        0.5);
    TestMethods.jar(
        plugins,
        "splits",
        TestMethods.Splits.class,
        SAID.formatted("unlearning") + ", \"edits\": \"all\"",
        0.1,
        0.3);
    TestMethods.jar(plugins, "tunes", TestMethods.Tunes.class, SAID.formatted("fine-tuning"), 0.5);
    TestMethods.jar(plugins, "fades", TestMethods.Fades.class, 0.01);
    Suite suite =
        new Suite(
            "toy",
            "For tests.",
            ProtocolVersion.CURRENT,
            Fidelity.CLEAN,
            List.of(0L),
            1,
            "cpu",
            null,
            null,
            List.of(task),
            Stream.of("shrinks", "splits", "tunes", "fades")
                .map(id -> new MethodChoice(id, null, null))
                .toList());
    Path out = folder.resolve("out");
    TinySuite.run(suite, plugins, out, folder.resolve("cache"));
    Map<String, TrialResult> trials = TinySuite.trials(out);
    assertEquals(5, trials.size());
    for (TrialResult trial : trials.values()) {
      assertTrue(trial.isValid(), trial.id() + ": " + trial.outcome().explanation());
      assertTrue(trial.changedEntries() > 0, trial.id() + " changed nothing");
    }
  }
}
