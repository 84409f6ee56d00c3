package io.nepenthe.statistics;

/**
 * An interval for a mean.
 *
 * @param low lower end
 * @param high upper end, not below the lower one
 */
public record Interval(double low, double high) {
  /** Checks the order of the ends. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("interval ends are " + low + " and " + high);
    }
  }
}
