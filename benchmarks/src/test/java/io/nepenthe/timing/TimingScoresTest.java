package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.nepenthe.runstore.TimingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimingScoresTest {
  private static TimingResult.Shot shot(int fork, long seed, double seconds) {
    return new TimingResult.Shot(fork, seed, "trial", Map.of(), seconds, null, null, null);
  }

  private static double error(List<TimingResult.Shot> shots) {
    Double error = TimingScores.error(shots);
    assertNotNull(error);
    return error;
  }

  /**
   * By hand: of 1, 2 and 3 s the deviation is 1 s, and Student's t at 99.95 % and two degrees of
   * freedom is 31.5991, so that the error is 31.5991 / sqrt(3) s; of equal times it is 0.
   */
  @Test
  void aSeedsErrorIsThatOfItsForks() {
    List<TimingResult.SeedTime> seeds =
        TimingScores.bySeed(
            List.of(
                shot(0, 3, 1),
                shot(0, 0, 5),
                shot(1, 3, 2),
                shot(1, 0, 5),
                shot(2, 3, 3),
                shot(2, 0, 5)));
    assertEquals(List.of(3L, 0L), seeds.stream().map(TimingResult.SeedTime::seed).toList());
    assertEquals(2, seeds.get(0).seconds());
    assertEquals(18.2438, (double) seeds.get(0).errorSeconds(), 1e-4);
    assertEquals(5, seeds.get(1).seconds());
    assertEquals(0, (double) seeds.get(1).errorSeconds(), 1e-12);
  }

  /**
   * By hand: the six shots' mean is 3.5 s, their squares sum to 17.5 s^2 / 5 degrees of freedom =
   * 3.5, and t is 6.8688: 6.8688 * sqrt(3.5 / 6) = 5.2462 s.
   */
  @Test
  void theMethodsErrorIsThatOfAllShotsOfAllSeeds() {
    assertEquals(
        5.2462,
        error(
            List.of(
                shot(0, 0, 1),
                shot(0, 1, 4),
                shot(1, 0, 2),
                shot(1, 1, 5),
                shot(2, 0, 3),
                shot(2, 1, 6))),
        1e-4);
  }

  @Test
  void aSingleForkHasNoError() {
    List<TimingResult.Shot> shots = List.of(shot(0, 0, 1), shot(0, 1, 2), shot(0, 3, 3));
    assertNull(TimingScores.error(shots));
    assertEquals(new TimingResult.SeedTime(1, 2, null), TimingScores.bySeed(shots).get(1));
  }

  @Test
  void twoForksHaveAnErrorOfTheMethodOnly() {
    List<TimingResult.Shot> shots =
        List.of(shot(0, 0, 1), shot(0, 1, 2), shot(1, 0, 1.5), shot(1, 1, 2.5));
    assertEquals(new TimingResult.SeedTime(0, 1.25, null), TimingScores.bySeed(shots).get(0));
    assertEquals(
        1.75,
        TimingScores.bySeed(shots).stream().mapToDouble(s -> s.seconds()).average().orElseThrow());
    // t of 3 degrees of freedom is 12.9240, the deviation sqrt(1.25 / 3)
    assertEquals(12.9240 * Math.sqrt(1.25 / 3 / 4), error(shots), 1e-4);
  }

  @Test
  void oneOutlierDoesNotMoveATime() {
    List<TimingResult.Shot> shots =
        List.of(
            shot(0, 0, 1.1),
            shot(0, 1, 2),
            shot(0, 0, 7),
            shot(0, 1, 2),
            shot(0, 0, 1),
            shot(0, 1, 2));
    assertEquals(new TimingResult.SeedTime(0, 1.1, null), TimingScores.bySeed(shots).get(0));
  }

  /** By hand: the forks' middle shots are 1, 2 and 3 s, as in the test of a seed's error above. */
  @Test
  void aForkIsOneSampleHoweverManyShotsItTakes() {
    List<TimingResult.Shot> shots = new ArrayList<>();
    for (int fork = 0; fork < 3; fork++) {
      for (double offset : new double[] {-0.5, 0, 90}) {
        shots.add(shot(fork, 0, fork + 1 + offset));
      }
    }
    assertEquals(18.2438, (double) TimingScores.bySeed(shots).get(0).errorSeconds(), 1e-4);
  }

  @Test
  void aSeedThatWasRepeatedInAFurtherForkGivesTheMethodNoError() {
    assertNull(TimingScores.error(List.of(shot(0, 0, 1), shot(0, 1, 9), shot(1, 1, 3))));
  }
}
