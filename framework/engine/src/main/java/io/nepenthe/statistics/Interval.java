package io.nepenthe.statistics;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * An interval for a mean.
 *
 * @param low lower end
 * @param high upper end, not below the lower one
 */
public record Interval(double low, double high) {
  /** What is left out on each side of a 95 % interval. */
  private static final double TAIL = 0.025;

  /** Checks the order of the ends. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("interval ends are " + low + " and " + high);
    }
  }

  /**
   * Returns Student's 95 % interval of the mean of a normal distribution that the values are drawn
   * from: it covers the mean in 95 % of cases from two values on, and may reach beyond what such
   * values can be. None for a single value or where a value is not finite.
   */
  public static Optional<Interval> ofMean(double... values) {
    if (values.length < 2 || !Arrays.stream(values).allMatch(Double::isFinite)) {
      return Optional.empty();
    }
    if (Arrays.stream(values).allMatch(value -> value == values[0])) {
      return Optional.of(new Interval(values[0], values[0])); // whose mean may round beside it
    }
    double mean = Mean.of(values).getAsDouble();
    double t = TDistribution.of(values.length - 1).inverseSurvivalProbability(TAIL);
    double half = t * StandardDeviation.of(values).getAsDouble() / Math.sqrt(values.length);
    return Optional.of(new Interval(mean - half, mean + half));
  }
}
