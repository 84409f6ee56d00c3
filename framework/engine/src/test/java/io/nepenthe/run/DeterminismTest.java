package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nepenthe.suite.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeterminismTest {
  @TempDir private Path folder;

  /**
   * Methods of every family that changes weights, by a worker that is no process, and by two that
   * are, so that the order varies.
   */
  @Test
  void theSameSuiteSeedAndThreadsGiveTheSameBytesOfWeightsAndTheSameScores() throws IOException {
    Path plugins = folder.resolve("plugins");
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.5);
    TestMethods.jar(plugins, "splits", TestMethods.Splits.class, 0.1, 0.3);
    TestMethods.jar(plugins, "folds", TestMethods.Folds.class, 0.1);
    Suite suite = TinySuite.suite(List.of(0L), 120, "shrinks", "splits", "folds");
    TinySuite.runInSilence(suite, plugins, out("first"), cache("first"));
    TinySuite.prepared(suite, plugins, out("second"), cache("second"), 2, new Listener()).execute();
    assertFalse(TinySuite.weights(cache("first")).isEmpty());
    TinySuite.assertSameWeights(cache("first"), cache("second"));
    assertEquals(TinySuite.lasting(out("first")), TinySuite.lasting(out("second")));
  }

  private Path out(String run) {
    return folder.resolve(run).resolve("out");
  }

  private Path cache(String run) {
    return folder.resolve(run).resolve("cache");
  }
}
