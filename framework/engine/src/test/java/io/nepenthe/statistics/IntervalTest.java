package io.nepenthe.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
  private static final int DRAWS = 20_000;

  /** Returns how many of a hundred intervals of so many values cover the mean, 0. */
  private static double coverage(int n, ToDoubleFunction<RandomGenerator> value) {
    RandomGenerator random = new SplittableRandom(1);
    int covered = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double[] values = new double[n];
      for (int i = 0; i < n; i++) {
        values[i] = value.applyAsDouble(random);
      }
      Interval interval = Interval.ofMean(values).orElseThrow();
      covered += interval.low() <= 0 && 0 <= interval.high() ? 1 : 0;
    }
    return 100.0 * covered / DRAWS;
  }

  @ParameterizedTest
  @CsvSource({"2", "3", "5", "10"})
  void coversTheMeanAsOftenAsItSays(int n) {
    assertEquals(95, coverage(n, RandomGenerator::nextGaussian), 0.6); // four standard errors
  }

  @ParameterizedTest
  @CsvSource({"3, 88", "5, 88", "10, 90"})
  void coversLessWhereValuesAreSkewed(int n, double percent) {
    assertEquals(percent, coverage(n, random -> random.nextExponential() - 1), 1);
  }

  @Test
  void isThatOfStudent() {
    // mean 5, deviation 5, t(2) = 4.302653: 5 -+ 4.302653 * 5 / sqrt(3)
    Interval interval = Interval.ofMean(0, 5, 10).orElseThrow();
    assertEquals(5 - 12.42069, interval.low(), 1e-5);
    assertEquals(5 + 12.42069, interval.high(), 1e-5);
    // t(1) = 12.70620, deviation sqrt(2): 2 -+ 12.70620
    assertEquals(-10.70620, Interval.ofMean(3, 1).orElseThrow().low(), 1e-5);
  }

  @Test
  void equalValuesHaveAPointEvenWhereSumsRound() {
    assertEquals(Optional.of(new Interval(0.1, 0.1)), Interval.ofMean(0.1, 0.1, 0.1));
    assertEquals(
        Optional.of(new Interval(0.7, 0.7)), Interval.ofMean(0.7, 0.7, 0.7, 0.7, 0.7, 0.7));
  }

  @Test
  void oneValueHasNone() {
    assertTrue(Interval.ofMean(4).isEmpty());
    assertTrue(Interval.ofMean().isEmpty());
    assertTrue(Interval.ofMean(1, Double.NaN).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> new Interval(2, 1));
  }
}
