package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.exchange.TrialTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstShotsTest {
  private static final int CORES = 2;

  @TempDir private Path folder;

  private static ForkShot shot(String trial, boolean isWarmUp, double seconds) {
    return shot(trial, isWarmUp, seconds, null);
  }

  private static ForkShot shot(
      String trial, boolean isWarmUp, double seconds, @Nullable Double otherLoad) {
    return new ForkShot(trial, isWarmUp, new TrialTime(seconds, null, null), "hash", 0L, otherLoad);
  }

  private static List<ForkShot> shots(double first, double later, @Nullable Double otherLoad) {
    return List.of(shot("a", true, first, otherLoad), shot("a", false, later, otherLoad));
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
                shot("a", false, 0.0005)),
            CORES));
  }

  @Test
  void aFirstRepetitionMayBeSlowByLoading() {
    for (double first : new double[] {0.5, 1.9, 0.001}) {
      assertEquals(Optional.empty(), FirstShots.mistake(shots(first, 0.003, null), CORES));
    }
    assertEquals(Optional.empty(), FirstShots.mistake(shots(9, 5, null), CORES));
    assertEquals(Optional.empty(), FirstShots.mistake(List.of(shot("a", true, 9)), CORES));
  }

  @Test
  void whatElseTheMachineDoesMayStretchAFirstRepetition() {
    assertTrue(FirstShots.mistake(shots(4, 0.1, 0.0), CORES).isPresent());
    assertTrue(FirstShots.mistake(shots(4, 0.1, 1.0), CORES).isPresent()); // a core is left
    assertEquals(Optional.empty(), FirstShots.mistake(shots(4, 0.1, 1.7), CORES));
    assertTrue(FirstShots.mistake(shots(25, 0.1, 2.0), CORES).isPresent());
  }

  @Test
  void aTimingFailsOnlyIfEveryProcessLooksLikeThat() throws Exception {
    Iterator<List<ForkShot>> busy =
        List.of(shots(9, 0.1, null), shots(8, 0.1, null), shots(0.2, 0.1, null)).iterator();
    assertEquals(
        shots(0.2, 0.1, null), FirstShots.believed(busy::next, Function.identity(), CORES));
    Iterator<List<ForkShot>> calm = List.of(shots(0.2, 0.1, null)).iterator();
    assertEquals(
        shots(0.2, 0.1, null), FirstShots.believed(calm::next, Function.identity(), CORES));
    TimingFailedException kept =
        assertThrows(
            TimingFailedException.class,
            () -> FirstShots.believed(() -> shots(9, 0.1, null), Function.identity(), CORES));
    assertTrue(kept.getMessage().contains("a took 9.000 s at first"), kept.getMessage());
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
