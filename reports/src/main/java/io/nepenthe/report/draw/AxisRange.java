package io.nepenthe.report.draw;

import java.util.stream.DoubleStream;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.data.Range;

/** Ranges of axes that leave room around the outermost markers. */
public final class AxisRange {
  private static final double MARGIN = 0.06;

  /** Of a logarithmic axis, where all values are about equal. */
  private static final double LEAST_FACTOR = 1.05;

  private AxisRange() {}

  /** Returns a range from 0 for percentages; its upper margin is small at 100. */
  public static Range percentFromZero(double... values) {
    double max = Math.max(1, finite(values).max().orElse(100));
    return new Range(-MARGIN * max, capped(max, max));
  }

  /** Returns a range around percentages, at least two points, and 2 %, wide. */
  public static Range percent(double... values) {
    double max = finite(values).max().orElse(100);
    double min = Math.min(finite(values).min().orElse(0), max - Math.max(2, 0.02 * max));
    return new Range(min - MARGIN * (max - min), capped(max, max - min));
  }

  private static double capped(double max, double width) {
    return max <= 100 ? Math.min(100 + 0.04 * width, max + MARGIN * width) : max + MARGIN * width;
  }

  /** Returns a range around positive numbers for a linear axis. */
  public static Range linear(double... values) {
    double max = finite(values).max().orElse(1);
    double min = finite(values).min().orElse(0);
    double width = Math.max(max - min, 0.05 * Math.abs(max) + 1e-9);
    return new Range(min - MARGIN * width, max + MARGIN * width);
  }

  /** Returns a range around positive numbers for a logarithmic axis. */
  public static Range logarithmic(double... values) {
    double max = finite(values).filter(value -> value > 0).max().orElse(10);
    double min = finite(values).filter(value -> value > 0).min().orElse(1);
    double factor = Math.max(LEAST_FACTOR, Math.pow(max / min, MARGIN));
    return new Range(min / factor, max * factor);
  }

  /** Returns true if the values span so much that only a logarithmic axis shows them all. */
  public static boolean isWide(double... values) {
    return spans(20, values);
  }

  /** Returns true if all values are positive and the largest is more than so many smallest. */
  public static boolean spans(double factor, double... values) {
    return finite(values).allMatch(value -> value > 0)
        && finite(values).max().orElse(1) > factor * finite(values).min().orElse(1);
  }

  /** Returns where a value lies on an axis, from 0 to 1. */
  static double share(ValueAxis axis, double value) {
    double low = scaled(axis, axis.getLowerBound());
    return (scaled(axis, value) - low) / (scaled(axis, axis.getUpperBound()) - low);
  }

  /** Returns a value as the axis spaces it. */
  static double scaled(ValueAxis axis, double value) {
    return axis instanceof LogAxis ? Math.log(value) : value;
  }

  private static DoubleStream finite(double... values) {
    return DoubleStream.of(values).filter(Double::isFinite);
  }
}
