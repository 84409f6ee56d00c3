package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.Suite;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run on a GPU: training, methods and judge. */
@Tag("gpu")
final class GpuRunTest {
  private static final Suite SUITE = TinySuite.suite("shrinks", "splits", "fades");

  @TempDir private Path folder;

  @Test
  void everyTrialIsValidAndOfTheGpu() throws Exception {
    Path plugins = folder.resolve("plugins");
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.5);
    TestMethods.jar(plugins, "splits", TestMethods.Splits.class, 0.1, 0.3);
    TestMethods.jar(plugins, "fades", TestMethods.Fades.class, 0.01);
    Path out = folder.resolve("run");
    TinySuite.runInSilence(SUITE.on("gpu"), plugins, out, folder.resolve("cache"));
    Map<String, TrialResult> trials = TinySuite.trials(out);
    assertEquals(2 * (1 + 2 + 1), trials.size());
    for (TrialResult trial : trials.values()) {
      assertTrue(trial.isValid(), () -> trial.outcome().explanation());
      assertEquals("gpu", trial.identity().device());
      assertEquals(trial.family() != Family.REGULARIZER, trial.peakDeviceMemoryBytes() != null);
    }
  }
}
