package io.nepenthe.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;

class SignedRanksTest {
  @Test
  void agreesWithTheTable() {
    // Table of critical values: n = 6, W = 0 is the only one at 0.05, with p = 2/64
    assertEquals(0.03125, SignedRanks.p(1, 2, 3, 4, 5, 6));
    // n = 8, W = 3: sums 0, 1, 2, 3 of distinct ranks in 1, 1, 1, 2 ways, 2 * 5/256
    assertEquals(0.0390625, SignedRanks.p(1, 2, -3, 4, 5, 6, 7, 8));
  }

  @Test
  void agreesWithCommonsStatisticsWhereNothingTies() {
    WilcoxonSignedRankTest exact = WilcoxonSignedRankTest.withDefaults().with(PValueMethod.EXACT);
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      double[] differences = random.doubles(3 + i % 8, -1, 1.5).toArray();
      assertEquals(exact.test(differences).getPValue(), SignedRanks.p(differences), 1e-12);
    }
  }

  @Test
  void tiesShareTheirRanks() {
    // ranks 1.5, 1.5, 3; positive sum 4.5 of sums 0, 1.5, 1.5, 3, 3, 4.5, 4.5, 6:
    // at or above it 3 of 8, doubled
    assertEquals(0.75, SignedRanks.p(1, -1, 2));
  }

  @Test
  void threeSeedsCanGiveNoLessThanAQuarter() {
    assertEquals(0.25, SignedRanks.p(9, 8, 7));
    assertEquals(0.25, SignedRanks.smallestP(3));
    assertEquals(0.03125, SignedRanks.smallestP(6));
    assertEquals(1, SignedRanks.smallestP(1));
  }

  @Test
  void zerosAreLeftOut() {
    assertEquals(0.5, SignedRanks.p(0, 3, 4));
    assertEquals(1, SignedRanks.p(0, 0, 0));
  }
}
