package io.nepenthe.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class MembershipScoresTest {
  /** log p of five tokens; mean and deviation of each, so that standardized they are by hand. */
  private static final TokenSurprise ROW =
      new TokenSurprise(
          new float[] {-1, -4, -2, -0.5f, -3},
          new float[] {-2, -2, -3, -1, -1},
          new float[] {0.5f, 4, 0.25f, 1, 2});

  @Test
  void lossIsTheMeanOfLogP() {
    assertEquals(-10.5 / 5, MembershipScores.loss(ROW), 1e-9);
  }

  @Test
  void minKIsTheMeanOfTheLowestLogP() {
    assertEquals(-4, MembershipScores.minK(ROW, 0.2), 1e-9);
    assertEquals(-3.5, MembershipScores.minK(ROW, 0.4), 1e-9);
    assertEquals(-3.5, MembershipScores.minK(ROW, 0.59), 1e-9, "2.95 tokens are 2");
    assertEquals(-4, MembershipScores.minK(ROW, 0.01), 1e-9, "at least one");
    assertEquals(-10.5 / 5, MembershipScores.minK(ROW, 1), 1e-9);
  }

  /** Standardized they are 2, -0.5, 4, 0.5, -1. */
  @Test
  void minKPlusPlusIsTheMeanOfTheLowestStandardizedLogP() {
    assertEquals(-1, MembershipScores.minKPlusPlus(ROW, 0.2), 1e-9);
    assertEquals(-0.75, MembershipScores.minKPlusPlus(ROW, 0.4), 1e-9);
    assertEquals(5.0 / 5, MembershipScores.minKPlusPlus(ROW, 1), 1e-9);
  }

  @Test
  void theReferenceIsSubtracted() {
    TokenSurprise reference =
        new TokenSurprise(new float[] {-3, -3}, new float[2], new float[] {1, 1});
    assertEquals(-2.1 + 3, MembershipScores.reference(ROW, reference), 1e-6);
    assertEquals(0, MembershipScores.reference(ROW, ROW));
  }

  @Test
  void aModelThatIsSureGivesAFiniteScoreAndABrokenOneTheLowest() {
    TokenSurprise sure = new TokenSurprise(new float[] {0}, new float[] {0}, new float[] {0});
    assertEquals(0, MembershipScores.minKPlusPlus(sure, 0.2));
    TokenSurprise broken =
        new TokenSurprise(
            new float[] {Float.NaN}, new float[] {Float.NaN}, new float[] {Float.NaN});
    assertEquals(Double.NEGATIVE_INFINITY, MembershipScores.loss(broken));
    assertEquals(Double.NEGATIVE_INFINITY, MembershipScores.minK(broken, 0.2));
    assertEquals(Double.NEGATIVE_INFINITY, MembershipScores.minKPlusPlus(broken, 0.2));
    assertEquals(Double.NEGATIVE_INFINITY, MembershipScores.reference(broken, broken));
  }
}
