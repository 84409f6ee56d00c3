package io.nepenthe.report;

import java.util.stream.DoubleStream;
import org.jfree.chart.axis.ValueAxis;

/** Axes of what mitigation did to utility, see {@link Effect#utilityChange}. */
final class UtilityChangeAxis {
  private UtilityChangeAxis() {}

  static String name(Measure utility) {
    return utility == Measure.ACCURACY
        ? "Change of accuracy (%)"
        : "Perplexity (times the original’s)";
  }

  /** Returns an axis on which all values and no change at all have room. */
  static ValueAxis of(Measure utility, double... values) {
    double still = utility == Measure.ACCURACY ? 0 : 1;
    double[] all = DoubleStream.concat(DoubleStream.of(still), DoubleStream.of(values)).toArray();
    return utility == Measure.PERPLEXITY && AxisRange.isWide(all)
        ? ChartStyle.logAxis(name(utility), AxisRange.logarithmic(all))
        : ChartStyle.axis(name(utility), AxisRange.linear(all));
  }
}
