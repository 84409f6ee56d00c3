package io.nepenthe.report.draw;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import org.jfree.data.Range;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AxisRangeTest {
  private static final List<Function<double[], Range>> RANGES =
      List.of(
          AxisRange::percentFromZero,
          AxisRange::percent,
          AxisRange::linear,
          AxisRange::logarithmic);

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.155778804, 1, 100, 1e20})
  void oneValueHasRoomAroundIt(double value) {
    for (Function<double[], Range> range : RANGES) {
      for (double[] values : List.of(new double[] {value}, new double[] {value, value})) {
        Range around = range.apply(values);
        assertTrue(around.getLowerBound() < value, around.toString());
        assertTrue(around.getUpperBound() > value, around.toString());
      }
    }
  }
}
