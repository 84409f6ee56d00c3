package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.nepenthe.worker.InProcessWorker;
import io.nepenthe.worker.LocalWorkers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeterminismTest {
  @TempDir private Path folder;

  @AfterEach
  void forgetTheRequestsPlaces() {
    System.clearProperty("nepenthe.data");
    System.clearProperty("nepenthe.cache");
  }

  /**
   * Methods of every family that changes weights, by one process, by two, so that the order varies,
   * and by workers that are no processes at all.
   */
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
    RunSettings elsewhere =
        new RunSettings(
            out("third"),
            cache("third"),
            folder,
            (threads, log) -> new LocalWorkers(1, InProcessWorker::new),
            false);
    TinySuite.prepared(suite, plugins, elsewhere, new Listener()).execute();
    assertFalse(TinySuite.weights(cache("first")).isEmpty());
    for (String run : List.of("second", "third")) {
      TinySuite.assertSameWeights(cache("first"), cache(run));
      assertEquals(TinySuite.lasting(out("first")), TinySuite.lasting(out(run)));
    }
  }

  private Path out(String run) {
    return folder.resolve(run).resolve("out");
  }

  private Path cache(String run) {
    return folder.resolve(run).resolve("cache");
  }
}
