package io.nepenthe.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StatisticTest {
  private static Statistic of(Double... values) {
    return Objects.requireNonNull(Statistic.of(List.of(values)));
  }

  @Test
  void givesMeanRangeAndTheSamplesStandardDeviation() {
    // deviations from 5: -3 -1 -1 -1 0 0 2 4, squares 9+1+1+1+0+0+4+16 = 32, 32/7
    Statistic statistic = of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0);
    assertEquals(5, statistic.mean());
    assertEquals(2, statistic.min());
    assertEquals(9, statistic.max());
    assertEquals(Math.sqrt(32 / 7.0), Objects.requireNonNull(statistic.standardDeviation()), 1e-12);
  }

  @Test
  void noValuesHaveNoStatistic() {
    assertNull(Statistic.of(List.of()));
  }

  @Test
  void aSingleValueHasNoSpread() {
    assertEquals(new Statistic(7, 7, 7, null, null), of(7.0));
  }

  @Test
  void aValueThatIsNoNumberLeavesNoInterval() {
    assertNull(of(1.0, Double.NaN, 2.0).interval());
    assertTrue(Double.isNaN(of(1.0, Double.NaN, 2.0).mean()));
    assertNull(of(1.0, Double.POSITIVE_INFINITY).interval());
    assertEquals(Double.POSITIVE_INFINITY, of(1.0, Double.POSITIVE_INFINITY).mean());
  }
}
