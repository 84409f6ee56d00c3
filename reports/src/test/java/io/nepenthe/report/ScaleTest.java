package io.nepenthe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.runstore.RunStore;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests run with a heap of 2 GB, as the command does. */
@Tag("slow")
final class ScaleTest {
  private static final int TRIALS = 112_000;

  @TempDir private Path folder;

  @Test
  void reportsARunOfThePapersSizeInAMinute() throws IOException {
    ManyTrials.write(folder, TRIALS);
    long start = System.nanoTime();
    StoredRun run = RunReader.read(new RunStore(folder, line -> {}));
    ReportWriter.write(run, folder.resolve("report"));
    Duration spent = Duration.ofNanos(System.nanoTime() - start);
    System.out.println("read and reported in " + spent);
    assertEquals(TRIALS, run.trials().size());
    assertTrue(spent.compareTo(Duration.ofSeconds(60)) < 0, spent.toString());
    assertTrue(Files.size(folder.resolve("report/index.html")) < 5_000_000);
  }
}
