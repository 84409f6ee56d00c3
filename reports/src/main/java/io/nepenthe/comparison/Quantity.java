package io.nepenthe.comparison;

import com.fasterxml.jackson.annotation.JsonValue;
import io.nepenthe.metric.Better;
import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Unit;

/**
 * What is compared, and in which unit it differs: per cent and shares in points, everything else in
 * per cent of what it was.
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

  /** Returns how much it changed, in its unit. */
  double change(double before, double after) {
    return isRelative ? 100 * (after - before) / before : pointsPerUnit * (after - before);
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
