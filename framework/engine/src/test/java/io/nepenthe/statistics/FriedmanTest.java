package io.nepenthe.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FriedmanTest {
  /** Times of 22 players to round first base in three ways (Hollander and Wolfe, 1973). */
  private static final double[][] ROUNDING_TIMES = {
    {
      5.40, 5.85, 5.20, 5.55, 5.90, 5.45, 5.40, 5.45, 5.25, 5.85, 5.25, 5.65, 5.60, 5.05, 5.50,
      5.45, 5.55, 5.45, 5.50, 5.65, 5.70, 6.30
    },
    {
      5.50, 5.70, 5.60, 5.50, 5.85, 5.55, 5.40, 5.50, 5.15, 5.80, 5.20, 5.55, 5.35, 5.00, 5.50,
      5.55, 5.55, 5.50, 5.45, 5.60, 5.65, 6.30
    },
    {
      5.55, 5.75, 5.50, 5.40, 5.70, 5.60, 5.35, 5.35, 5.00, 5.70, 5.10, 5.45, 5.45, 4.95, 5.40,
      5.50, 5.35, 5.55, 5.25, 5.40, 5.55, 6.25
    }
  };

  private static List<Double> column(int i) {
    return IntStream.range(0, 22).mapToObj(row -> ROUNDING_TIMES[i][row]).toList();
  }

  @Test
  void agreesWithTheBaseRunnersOfHollanderAndWolfe() {
    // R, example of friedman.test: chi-squared = 11.143 with ties corrected
    PairedScores times =
        new PairedScores(
            IntStream.range(0, 22).mapToObj(Long::valueOf).toList(),
            Map.of("round", column(0), "narrow", column(1), "wide", column(2)));
    Friedman friedman = Friedman.of(times.ranks());
    assertEquals(78 / 7.0, friedman.chiSquared(), 1e-9);
    assertEquals(22, friedman.blocks());
    assertEquals(3, friedman.methods());
  }

  @Test
  void fourBlocksByHand() {
    // rank sums 5, 8, 11: 12 / (4 * 3 * 4) * (25 + 64 + 121) - 3 * 4 * 4 = 4.5;
    // F = 3 * 4.5 / (4 * 2 - 4.5) with 2 and 6 degrees of freedom, p = (1 + 2 F / 6)^-3
    Friedman friedman =
        Friedman.of(
            List.of(
                new double[] {1, 2, 3},
                new double[] {1, 2, 3},
                new double[] {1, 3, 2},
                new double[] {2, 1, 3}));
    assertEquals(4.5, friedman.chiSquared(), 1e-12);
    assertEquals(27 / 7.0, Objects.requireNonNull(friedman.f()), 1e-12);
    assertEquals(Math.pow(7 / 16.0, 3), friedman.p(), 1e-9);
  }

  @Test
  void equalOrdersHaveTheChanceThatTheyHave() {
    List<double[]> ranks = new ArrayList<>();
    for (int block = 0; block < 3; block++) {
      ranks.add(new double[] {1, 2, 3});
    }
    assertNull(Friedman.of(ranks).f());
    assertEquals(1 / 36.0, Friedman.of(ranks).p(), 1e-12);
  }

  @Test
  void nothingButTiesIsNoEvidence() {
    assertEquals(1, Friedman.of(List.of(new double[] {1.5, 1.5}, new double[] {1.5, 1.5})).p());
  }
}
