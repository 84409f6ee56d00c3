package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.runstore.TrialResult;
import io.nepenthe.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetimingTest {
  @TempDir private Path folder;

  private Retiming with(int forks, String device) {
    return Retiming.in(
        folder,
        new TimingOptions(forks, device, true, false, WorkerSettings.uncontained(List.of()), ""),
        MadeWinner.HERE.machine());
  }

  private static List<TrialResult> winners(long seed) {
    return List.of(MadeWinner.of(seed, 1));
  }

  @Test
  void theSameTimingGoesOnWhereItWasCutShort() throws IOException {
    Retiming first = with(3, "cpu");
    assertFalse(first.isDone(winners(0)));
    first.put(winners(0));
    Retiming again = with(3, "cpu");
    assertTrue(again.isDone(winners(0)));
    assertFalse(again.isDone(winners(1)));
    again.complete();
    assertFalse(with(3, "cpu").isDone(winners(0)), "a renewal after a complete one is a new one");
  }

  @Test
  void anotherTimingBeginsAnew() throws IOException {
    with(3, "cpu").put(winners(0));
    assertFalse(with(5, "cpu").isDone(winners(0)));
    assertFalse(with(3, "gpu").isDone(winners(0)));
  }

  @Test
  void aFileThatWasCutShortItselfCountsAsNone() throws IOException {
    with(3, "cpu").put(winners(0));
    Path file = folder.resolve("tmp/retiming.json");
    Files.writeString(file, Files.readString(file).substring(0, 20));
    assertFalse(with(3, "cpu").isDone(winners(0)));
  }
}
