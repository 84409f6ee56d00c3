package io.nepenthe.comparison;

import com.fasterxml.jackson.annotation.JsonValue;
import io.nepenthe.metric.Better;
import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Unit;
import java.util.Collection;

/**
 * What is compared, and in which unit it differs: per cent and shares in points, everything else by
 * its ratio, told in per cent of what it was.
 *
 * @param id in JSON: a metric's, or "seconds"
 * @param words what a table calls it
 * @param isRelative whether it differs in per cent of what it was; else in points
 * @param pointsPerUnit points that a difference of 1 amounts to
 * @param better which way it is better; no change of what is neither counts
 */
public record Quantity(
    @JsonValue String id, String words, boolean isRelative, double pointsPerUnit, Better better) {
  /** Seconds. */
  static final Quantity TIME = new Quantity("seconds", "seconds", true, 0, Better.LOWER);

  /** Returns a metric as a quantity. */
  public static Quantity of(Metric metric) {
    boolean share = metric.unit() == Unit.SHARE;
    return new Quantity(
        metric.id(),
        metric.name(),
        metric.unit() != Unit.PERCENT && !share,
        share ? 100 : 1,
        metric.better());
  }

  /**
   * Returns how much it changed: a difference in points or, of what differs in per cent, the
   * logarithm of the ratio. Logarithms weigh a doubling and a halving alike, so that two runs
   * differ by as much either way round, and their mean belongs to the ratio of the geometric means.
   */
  double change(double before, double after) {
    return isRelative ? Math.log(after / before) : pointsPerUnit * (after - before);
  }

  /** Returns a change in the unit in which it is told: points, or per cent of what it was. */
  double told(double change) {
    return isRelative ? 100 * Math.expm1(change) : change;
  }

  /** Returns the smallest change that is beyond a threshold in points or per cent. */
  double beyond(double threshold) {
    return isRelative ? Math.log1p(threshold / 100) : threshold;
  }

  /**
   * Returns the mean that the mean of changes belongs to: of what has ratios, the geometric one.
   */
  double mean(Collection<Double> values) {
    double mean =
        values.stream()
            .mapToDouble(value -> isRelative ? Math.log(value) : value)
            .average()
            .orElseThrow();
    return isRelative ? Math.exp(mean) : mean;
  }

  /** Returns a change as one in which more is worse; 0 of what has no better way. */
  double worsening(double change) {
    return switch (better) {
      case LOWER -> change;
      case HIGHER -> -change;
      case NEITHER -> 0;
    };
  }
}
