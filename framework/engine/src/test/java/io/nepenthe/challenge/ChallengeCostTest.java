package io.nepenthe.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.suite.ChallengeSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows counted by hand, of 10 artifact rows, 30 test rows and training steps of 8 rows. */
class ChallengeCostTest {
  private static final ChallengeCost.Rows ROWS = new ChallengeCost.Rows(10, 30, 8);

  private static ChallengeCost cost(ChallengeSpec... asked) {
    return ChallengeCost.of(List.of(asked), ROWS);
  }

  @Test
  void relearningTrainsToItsLastStepAndMeasuresAfterEachOnThreeKindsOfRows() {
    ChallengeCost cost = cost(new ChallengeSpec.Relearning(4, List.of(0, 1, 5)));
    assertEquals(new ChallengeCost((1 + 3 * 2) * 40, 5 * (4 + 8 + 8), 0), cost);
  }

  @Test
  void withoutATrainingNothingIsRelearned() {
    assertEquals(
        new ChallengeCost(0, 0, 0),
        ChallengeCost.of(
            List.of(new ChallengeSpec.Relearning(4, List.of(1))),
            new ChallengeCost.Rows(10, 30, 0)));
  }

  @Test
  void othersReadRowsOnceForEachVariant() {
    assertEquals(
        new ChallengeCost(3 * 40, 0, 0), cost(new ChallengeSpec.Rounding(List.of("int8", "fp8"))));
    assertEquals(
        new ChallengeCost((1 + 1 + 2 + 2) * 10, 0, 0),
        cost(new ChallengeSpec.Prompts(List.of(0.5), List.of(0.25, 0.5), 0.1)));
    assertEquals(new ChallengeCost(2 * 10, 0, 0), cost(new ChallengeSpec.Membership(512, null)));
    assertEquals(new ChallengeCost(2 * 6, 0, 0), cost(new ChallengeSpec.Exposure(6)));
    assertEquals(new ChallengeCost(2 * (30 + 10), 0, 0), cost(new ChallengeSpec.Distance(512)));
  }

  @Test
  void reachRunsTheMethodOnceMoreAndChallengesAddUp() {
    assertEquals(
        new ChallengeCost(2 * 40 + 30 + 2 * 10, 0, 1),
        cost(new ChallengeSpec.Reach(0.5), new ChallengeSpec.Membership(512, null)));
  }
}
