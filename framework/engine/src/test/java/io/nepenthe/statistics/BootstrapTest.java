package io.nepenthe.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static Interval interval(double... values) {
    return Bootstrap.interval(values).orElseThrow();
  }

  @Test
  void twoOrThreeValuesHaveTheirRange() {
    // the resample of the smallest value alone weighs 1/4 or 1/27, more than 2.5 %
    assertEquals(new Interval(1, 3), interval(3, 1));
    assertEquals(new Interval(1, 10), interval(4, 10, 1));
  }

  @Test
  void fourValuesAreEnumerated() {
    // 256 resamples of 0, 0, 0, 4: the mean is the number of 4s drawn, binomial (4, 1/4):
    // 81, 108, 54, 12, 1 of 256. The 7th of 256 (ceil of 6.4) from below is 0; from above the
    // largest is 4 (1), then 3 (12), so the 7th is 3.
    assertEquals(new Interval(0, 3), interval(0, 0, 0, 4));
  }

  @Test
  void fiveValuesAreEnumerated() {
    // 3125 resamples of 0, 0, 0, 0, 5: 1 of mean 5, 5*4 = 20 of 4, 10*16 = 160 of 3, ...;
    // the 79th from above (ceil of 78.125) is 3, that from below 0.
    assertEquals(new Interval(0, 3), interval(0, 0, 5, 0, 0));
  }

  @Test
  void moreValuesAreDrawnAlikeEachTime() {
    double[] values = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();
    double[] reversed = IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray();
    assertEquals(interval(values), interval(reversed));
    // normal theory: 50.5 -+ 1.96 * 28.87 / 10 = 44.84 .. 56.16
    assertEquals(44.84, interval(values).low(), 0.3);
    assertEquals(56.16, interval(values).high(), 0.3);
  }

  @Test
  void equalValuesHaveAPointEvenWhereSumsRound() {
    assertEquals(new Interval(0.1, 0.1), interval(0.1, 0.1, 0.1));
    assertEquals(new Interval(0.7, 0.7), interval(0.7, 0.7, 0.7, 0.7, 0.7, 0.7));
  }

  @Test
  void oneValueHasNone() {
    assertEquals(Optional.empty(), Bootstrap.interval(4));
    assertTrue(Bootstrap.interval().isEmpty());
  }
}
