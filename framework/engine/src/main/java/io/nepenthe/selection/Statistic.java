package io.nepenthe.selection;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Mean and range of one number over seeds.
 *
 * @param mean arithmetic mean
 * @param min smallest
 * @param max largest
 */
public record Statistic(double mean, double min, double max) {
  /** Returns the statistic of the values, null if there are none. */
  public static @Nullable Statistic of(Collection<Double> values) {
    if (values.isEmpty()) {
      return null;
    }
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      sum += value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    return new Statistic(sum / values.size(), min, max);
  }
}
