package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkWatchTest {
  private static final int KILLED = 128 + 9;

  private static final Duration AMPLE = Duration.ofMinutes(10);
  private static final long MEMORY = Long.MAX_VALUE;

  @TempDir private Path folder;

  /** A fork that tells nothing, and does not stop when it is asked to. */
  static final class Deaf {
    private Deaf() {}

    public static void main(String[] arguments) {
      while (true) {
        Thread.interrupted();
      }
    }
  }

  private static Process deaf() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Deaf.class.getName())
        .start();
  }

  @Test
  void aForkThatTellsNothingForTooLongIsEndedAndNoOther() throws IOException, InterruptedException {
    Process earlier = deaf();
    try (ForkWatch watch =
        new ForkWatch(folder.resolve("answers"), Duration.ofMillis(1500), AMPLE, MEMORY)) {
      Process fork = deaf();
      assertTrue(fork.waitFor(60, TimeUnit.SECONDS));
      assertEquals(KILLED, fork.exitValue());
      assertFalse(watch.endedBecause().isEmpty());
      assertFalse(watch.isExiting());
      assertTrue(earlier.isAlive(), "it was there before");
    } finally {
      earlier.destroyForcibly();
    }
  }

  @Test
  void noForkTalksItsWayOutOfTheTimeForAll() throws IOException, InterruptedException {
    Path answers = folder.resolve("answers");
    try (ForkWatch watch = new ForkWatch(answers, AMPLE, Duration.ofMillis(700), MEMORY)) {
      for (int i = 0; i < 120 && watch.endedBecause().isEmpty(); i++) {
        Files.writeString(answers, "x".repeat(i));
        Thread.sleep(100);
      }
      assertFalse(watch.endedBecause().isEmpty());
    }
  }

  @Test
  void aForkThatHoldsTooMuchMemoryIsEnded() throws IOException, InterruptedException {
    assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "the system tells no memory");
    try (ForkWatch watch = new ForkWatch(folder.resolve("answers"), AMPLE, AMPLE, 1)) {
      Process fork = deaf();
      assertTrue(fork.waitFor(60, TimeUnit.SECONDS));
      assertTrue(watch.endedBecause().startsWith("it held "), watch.endedBecause());
    }
  }

  @Test
  void whatAForkTellsGivesItMoreTime() throws IOException, InterruptedException {
    Path answers = folder.resolve("answers");
    try (ForkWatch watch = new ForkWatch(answers, Duration.ofSeconds(5), AMPLE, MEMORY)) {
      for (int i = 0; i < 13; i++) {
        Thread.sleep(500);
        Files.writeString(answers, "x".repeat(i));
      }
      assertEquals("", watch.endedBecause());
    }
  }
}
