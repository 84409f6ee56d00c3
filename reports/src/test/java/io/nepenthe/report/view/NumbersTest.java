package io.nepenthe.report.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.statistics.Statistic;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NumbersTest {
  @Test
  void printsPercentagesWithTwoDecimals() {
    Cell cell = Cell.of(Measure.MEMORIZED, new Statistic(12, 11.456, 12.5));
    assertEquals("12.00 (11.46–12.50)", cell.plain());
  }

  @Test
  void keepsThreeDigitsOfShortTimes() {
    assertEquals("0.0125 (0.0120–0.0130)", seconds(0.0125, 0.012, 0.013));
    assertEquals("0.250 (0.200–0.300)", seconds(0.25, 0.2, 0.3));
    assertEquals("5.88 (5.50–6.00)", seconds(5.875, 5.5, 6));
    assertEquals("5552.0 (5000.0–6000.0)", seconds(5552, 5000, 6000));
  }

  @Test
  void negativeTimesHaveTheDigitsOfPositiveOnes() {
    // what a regularizer adds to a training may be lost in its noise
    assertEquals("−14.17 (−19.06 to −10.45)", seconds(-14.1733, -19.0646, -10.4512));
    assertEquals("−0.250 (−0.300 to 0.100)", seconds(-0.25, -0.3, 0.1));
    assertEquals("−120.0 (−130.0 to −110.0)", seconds(-120, -130, -110));
  }

  @Test
  void nothingHasNoSign() {
    assertEquals("0.00", Numbers.decimal(-0.001, 2));
    assertEquals("−0.01", Numbers.decimal(-0.01, 2));
    assertEquals("−∞", Numbers.decimal(Double.NEGATIVE_INFINITY, 2));
    assertEquals("0.00", Numbers.signed(0.001, 2));
    assertEquals("+2.50", Numbers.signed(2.5, 2));
    assertEquals("−2.50", Numbers.signed(-2.5, 2));
  }

  private static String seconds(double mean, double min, double max) {
    return Cell.of(Measure.SECONDS, new Statistic(mean, min, max)).plain();
  }

  @Test
  void printsWhatIsNoNumber() {
    assertEquals("—", Numbers.decimal(Double.NaN, 2));
    assertEquals("∞", Numbers.decimal(Double.POSITIVE_INFINITY, 2));
    assertEquals("1.23e+09", Numbers.decimal(1.2345e9, 2));
    assertEquals("—", Cell.of(Measure.PERPLEXITY, new Statistic(Double.NaN, 1, 2)).plain());
  }

  @Test
  void sortsSettingsByName() {
    assertEquals(
        "epochs = 10, ratio = 0.05", Numbers.settings(Map.of("ratio", 0.05, "epochs", 10.0)));
    assertEquals("—", Numbers.settings(Map.of()));
  }

  @Test
  void printsLongTimesForReading() {
    assertEquals("21.25 s", Numbers.duration(21.25));
    assertEquals("6 min 52 s", Numbers.duration(412));
    assertEquals("1 h 01 min", Numbers.duration(3700));
  }
}
