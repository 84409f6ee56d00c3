package io.nepenthe.report.view;

import java.util.Arrays;

/**
 * What a box plot shows of some numbers.
 *
 * @param min end of the lower whisker
 * @param lower edge of the box
 * @param median line in the box
 * @param upper edge of the box
 * @param max end of the upper whisker
 */
public record Quartiles(double min, double lower, double median, double upper, double max) {
  /** Returns the quartiles of at least one number, interpolated between neighbours. */
  public static Quartiles of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Quartiles(
        sorted[0],
        quantile(sorted, 0.25),
        quantile(sorted, 0.5),
        quantile(sorted, 0.75),
        sorted[sorted.length - 1]);
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
