package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeterminismTest {
  @TempDir private Path folder;

  /** Methods of every family that changes weights; two workers, so that the order varies. */
  @Test
  void theSameSuiteSeedAndThreadsGiveTheSameBytesOfWeightsAndTheSameScores() throws IOException {
    Path plugins = folder.resolve("plugins");
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.5);
    TestMethods.jar(plugins, "splits", TestMethods.Splits.class, 0.1, 0.3);
    TestMethods.jar(plugins, "folds", TestMethods.Folds.class, 0.1);
    var suite = TinySuite.suite("shrinks", "splits", "folds");
    for (String run : List.of("first", "second")) {
      TinySuite.prepared(
              suite, plugins, out(run), cache(run), run.equals("first") ? 1 : 2, new Listener())
          .execute();
    }
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
