package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nepenthe.exchange.TrialTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstShotsTest {
  @TempDir private Path folder;

  private static ForkShot shot(String trial, boolean isWarmUp, double seconds) {
    return new ForkShot(trial, isWarmUp, new TrialTime(seconds, null, null), "hash", 0L, null);
  }

  @Test
  void whatIsKeptBetweenRepetitionsIsNoTime() {
    assertEquals(
        Optional.of(
            "a took 3.000 s at first and 0.001 s from then on: what it keeps between repetitions"
                + " would not be timed"),
        FirstShots.mistake(
            List.of(
                shot("b", true, 0.1),
                shot("a", true, 3),
                shot("a", false, 0.001),
                shot("b", false, 0.1),
                shot("a", false, 0.002),
                shot("a", false, 0.0005))));
  }

  @Test
  void aFirstRepetitionMayBeSlowByLoading() {
    for (double first : new double[] {0.5, 1.9, 0.001}) {
      assertEquals(
          Optional.empty(),
          FirstShots.mistake(List.of(shot("a", true, first), shot("a", false, 0.003))));
    }
    assertEquals(
        Optional.empty(), FirstShots.mistake(List.of(shot("a", true, 9), shot("a", false, 5))));
    assertEquals(Optional.empty(), FirstShots.mistake(List.of(shot("a", true, 9))));
  }

  @Test
  void whatIsNoTimeOfATrialFailsTheTiming() throws Exception {
    Path answers = folder.resolve("answers");
    for (String told : List.of("null", "{}", "[1]", "word", "x".repeat(1 << 13))) {
      Files.writeString(answers, told);
      assertThrows(TimingFailedException.class, () -> ForkShot.all(answers, 1), told);
    }
    Files.delete(answers);
    shot("a", true, 1).append(answers);
    assertEquals(List.of(shot("a", true, 1)), ForkShot.all(answers, 1));
    assertEquals(List.of(), ForkShot.all(folder.resolve("none"), 1));
  }
}
