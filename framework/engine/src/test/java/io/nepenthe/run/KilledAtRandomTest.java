package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sweeps whose engine, or whose workers, are killed at thirty random points, compared with one that
 * is left alone. A sweep that is complete before the thirtieth is followed by a fresh one.
 */
@Tag("slow")
class KilledAtRandomTest {
  private static final int KILLS = 30;
  private static final int PATIENCE_SECONDS = 120;
  private static final Suite SUITE =
      TinySuite.suite(List.of(0L, 1L), 60, "shrinks", "splits", "fades", "folds");

  @TempDir private static Path folder;
  private static Path plugins;
  private static Path cache;
  private static Map<String, String> expected;

  @TempDir private Path temporary;
  private final Random random = new Random(598);

  @BeforeAll
  static void runUndisturbed() {
    plugins = folder.resolve("plugins");
    cache = folder.resolve("cache");
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.5, 0.6, 0.7);
    TestMethods.jar(plugins, "splits", TestMethods.Splits.class, 0.1, 0.2, 0.3);
    TestMethods.jar(plugins, "fades", TestMethods.Fades.class, 0.01);
    TestMethods.jar(plugins, "folds", TestMethods.Folds.class, 0.1);
    TinySuite.runInProcesses(SUITE, plugins, folder.resolve("out"), cache);
    expected = TinySuite.lasting(folder.resolve("out"));
  }

  private void assertEndsAsExpected(Path home) throws IOException {
    TinySuite.runInProcesses(SUITE, plugins, home.resolve("out"), home.resolve("cache"));
    assertEquals(expected, TinySuite.lasting(home.resolve("out")));
    TinySuite.assertSameWeights(cache, home.resolve("cache"));
  }

  @Test
  void aSweepWhoseEngineIsKilledEndsAsOneThatWasLeftAlone() throws Exception {
    int kills = 0;
    for (int sweep = 0; kills < KILLS; sweep++) {
      Path home = temporary.resolve("sweep-" + sweep);
      boolean complete = false;
      while (!complete && kills < KILLS) {
        Process engine = ChildRun.start(SUITE, home, plugins, temporary.resolve("child.log"));
        complete = engine.waitFor(800 + random.nextInt(4000), TimeUnit.MILLISECONDS);
        if (!complete) {
          List<ProcessHandle> workers = engine.descendants().toList();
          engine.destroyForcibly().waitFor();
          for (ProcessHandle worker : workers) { // they end by themselves
            worker.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
          }
          kills++;
        }
      }
      assertEndsAsExpected(home);
    }
  }

  @Test
  void aSweepWhoseWorkersAreKilledEndsAsOneThatWasLeftAlone() throws Exception {
    int kills = 0;
    for (int sweep = 0; kills < KILLS; sweep++) {
      Path home = temporary.resolve("sweep-" + sweep);
      kills += killingWorkers(home, KILLS - kills);
      assertEndsAsExpected(home);
    }
  }

  /**
   * Runs a sweep to its end while at most so many of its workers are killed, and says how many. The
   * next is killed at a random time after something new was kept: else none might ever get far.
   */
  private int killingWorkers(Path home, int most) throws Exception {
    AtomicInteger kills = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    Thread killer =
        new Thread(
            () -> {
              long before = 0;
              while (!over.get() && kills.get() < most) {
                pause(random.nextInt(1000));
                long now = kept(home);
                if (now > before && killOne()) {
                  before = now;
                  kills.incrementAndGet();
                }
              }
            });
    killer.start();
    Listener listener = new Listener();
    TinySuite.prepared(SUITE, plugins, home.resolve("out"), home.resolve("cache"), 2, listener)
        .execute();
    over.set(true);
    killer.join();
    assertTrue(
        listener.warnings().stream().allMatch(line -> line.contains("signal 9")),
        listener.warnings().toString());
    return kills.get();
  }

  /** Returns the number of trials and checkpoints there are. */
  private static long kept(Path home) {
    try (Stream<Path> all = Files.walk(home)) {
      return all.filter(path -> path.toString().matches(".*(trials/.*json|passes-\\d+)")).count();
    } catch (IOException | UncheckedIOException e) {
      return -1; // something moved meanwhile
    }
  }

  private boolean killOne() {
    List<ProcessHandle> workers = ProcessHandle.current().children().toList();
    return !workers.isEmpty() && workers.get(random.nextInt(workers.size())).destroyForcibly();
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
