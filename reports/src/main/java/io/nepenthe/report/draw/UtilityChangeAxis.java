package io.nepenthe.report.draw;

import io.nepenthe.report.view.Effect;
import io.nepenthe.report.view.Measure;
import java.util.stream.DoubleStream;
import org.jfree.chart.axis.ValueAxis;

/** Axes of what mitigation did to utility, see {@link Effect#utilityChange}. */
public final class UtilityChangeAxis {
  /** One ruined model must not press all others into a line. */
  private static final double WIDE = 4;

  private UtilityChangeAxis() {}

  public static String name(Measure utility) {
    return utility == Measure.ACCURACY ? "Change of accuracy (%)" : "Perplexity (× original’s)";
  }

  /** Returns an axis on which all values and no change at all have room. */
  public static ValueAxis of(Measure utility, double... values) {
    double still = utility == Measure.ACCURACY ? 0 : 1;
    double[] all = DoubleStream.concat(DoubleStream.of(still), DoubleStream.of(values)).toArray();
    return utility == Measure.PERPLEXITY && AxisRange.spans(WIDE, all)
        ? ChartStyle.shortLogAxis(name(utility), AxisRange.logarithmic(all))
        : ChartStyle.axis(name(utility), AxisRange.linear(all));
  }
}
