package io.nepenthe.statistics;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How well a score tells two groups apart: the area under its ROC curve, the chance that one of the
 * first group has the higher score than one of the second, equals counting half.
 *
 * @param area from 0 to 1; 0.5 tells nothing
 * @param interval of 95 %, by the variance of DeLong et al. (1988), cut to [0, 1]; it has no width
 *     where the groups are wholly apart. Null where a group has one member
 * @param first how many the first group has
 * @param second how many the second group has
 */
public record RocArea(double area, @Nullable Interval interval, int first, int second) {
  /** Of the standard normal distribution, what 2.5 % lie above. */
  private static final double NORMAL = 1.959963984540054;

  /** Returns the area, none where a group is empty; no score may be NaN. */
  public static Optional<RocArea> of(double[] first, double[] second) {
    if (first.length == 0 || second.length == 0) {
      return Optional.empty();
    }
    double[] wins = shareBelow(first, second);
    double[] losses = shareBelow(second, first);
    double area = Arrays.stream(wins).sum() / wins.length;
    return Optional.of(
        new RocArea(area, interval(area, wins, losses), first.length, second.length));
  }

  /** Returns true if the second group surely has the higher scores. */
  public boolean isBelowChance() {
    return interval != null && interval.high() < 0.5;
  }

  private static @Nullable Interval interval(double area, double[] wins, double[] losses) {
    if (wins.length < 2 || losses.length < 2) {
      return null;
    }
    double half =
        NORMAL * Math.sqrt(variance(wins) / wins.length + variance(losses) / losses.length);
    return new Interval(Math.max(0, area - half), Math.min(1, area + half));
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).sum() / values.length;
    return Arrays.stream(values).map(each -> (each - mean) * (each - mean)).sum()
        / (values.length - 1);
  }

  /** Of each value, the share of the others that are below it, equals counting half. */
  private static double[] shareBelow(double[] values, double[] others) {
    double[] rising = others.clone();
    Arrays.sort(rising);
    return Arrays.stream(values)
        .map(each -> (first(rising, each, false) + first(rising, each, true)) / 2.0 / rising.length)
        .toArray();
  }

  /** Returns how many rising values are below a value, or also equal to it. */
  private static int first(double[] rising, double value, boolean alsoEqual) {
    int low = 0;
    int high = rising.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean counts = rising[middle] < value || (alsoEqual && rising[middle] == value);
      low = counts ? middle + 1 : low;
      high = counts ? high : middle;
    }
    return low;
  }
}
