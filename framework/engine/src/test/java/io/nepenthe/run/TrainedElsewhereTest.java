package io.nepenthe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another process trains the model that a run needs. */
class TrainedElsewhereTest {
  @TempDir private Path folder;

  @Test
  void aRunSaysForWhomItWaitsAndGoesOn() throws IOException {
    Path cache = folder.resolve("cache");
    Path plugins = folder.resolve("plugins");
    TestMethods.jar(plugins, "shrinks", TestMethods.Shrinks.class, 0.5);
    Path training = TinySuite.training(0).checkpoints(cache).folder();
    Files.createDirectories(training);
    Process other = holding(training.resolve("lock"));
    try {
      Listener said =
          new Listener() {
            @Override
            public void warned(String line) {
              super.warned(line);
              other.destroy();
            }
          };
      TinySuite.run(
          TinySuite.suite(List.of(0L), 120, "shrinks"),
          plugins,
          folder.resolve("out"),
          cache,
          said);
      assertEquals(1, said.warnings().size(), said.warnings().toString());
      assertTrue(
          said.warnings().get(0).contains("waiting for another process that trains the same model"),
          said.warnings().toString());
    } finally {
      other.destroyForcibly();
    }
    assertEquals(
        List.of(new TrialOutcome.Valid()),
        TinySuite.trials(folder.resolve("out")).values().stream()
            .map(TrialResult::outcome)
            .toList());
  }

  private static Process holding(Path lock) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                TrainedElsewhereTest.class.getName(),
                lock.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals('!', process.getInputStream().read());
    return process;
  }

  /** Holds a lock until the process is ended. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (FileChannel channel =
            FileChannel.open(
                Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      System.out.print(lock.isValid() ? "!" : "?");
      System.out.flush();
      Thread.sleep(600_000);
    }
  }
}
