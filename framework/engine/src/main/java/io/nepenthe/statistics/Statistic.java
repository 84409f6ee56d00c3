package io.nepenthe.statistics;

import java.util.Arrays;
import java.util.Collection;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.jspecify.annotations.Nullable;

/**
 * Mean, range and spread of one number over seeds.
 *
 * @param mean arithmetic mean
 * @param min smallest
 * @param max largest
 * @param standardDeviation of the sample, with n - 1 below; null for a single value
 * @param interval Student's 95 % interval of the mean; null for a single value, or where a value is
 *     not finite
 */
public record Statistic(
    double mean,
    double min,
    double max,
    @Nullable Double standardDeviation,
    @Nullable Interval interval) {

  /** Makes a statistic of which no more is known than mean and range. */
  public Statistic(double mean, double min, double max) {
    this(mean, min, max, null, null);
  }

  /** Returns the statistic of the values, null if there are none. */
  public static @Nullable Statistic of(Collection<Double> values) {
    if (values.isEmpty()) {
      return null;
    }
    double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
    double min = Arrays.stream(all).min().getAsDouble();
    double max = Arrays.stream(all).max().getAsDouble();
    return new Statistic(
        Math.min(Math.max(Mean.of(all).getAsDouble(), min), max), // equal values must not round
        min,
        max,
        all.length == 1 ? null : StandardDeviation.of(all).getAsDouble(),
        Interval.ofMean(all).orElse(null));
  }
}
