package io.nepenthe.comparison;

/**
 * How much must change to count.
 *
 * @param scores points of per cent and of shares, per cent of everything else
 * @param times per cent of a time
 */
public record Thresholds(double scores, double times) {
  /** Times differ by less than this without any reason, in seconds. */
  static final double CLOCK_SECONDS = 0.001;

  /** Checks the range. */
  public Thresholds {
    if (!(scores >= 0) || !(times >= 0)) {
      throw new IllegalArgumentException(
          "thresholds are " + scores + " and " + times + ", must be at least 0");
    }
  }
}
