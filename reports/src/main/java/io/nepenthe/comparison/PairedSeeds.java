package io.nepenthe.comparison;

import io.nepenthe.statistics.Interval;
import io.nepenthe.statistics.Statistic;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares a quantity paired by seed. With three common seeds or more, a change counts if its mean
 * is beyond the threshold and its 95 % interval on one side of 0, which is a paired t-test. With
 * fewer, the threshold alone decides, and the note says so.
 */
final class PairedSeeds {
  private static final int ENOUGH_SEEDS = 3;

  private final Quantity quantity;
  private final double threshold;
  private final double leastDifference;

  /**
   * Compares by a threshold.
   *
   * @param threshold in points or per cent
   * @param leastDifference of the means that can count at all
   */
  PairedSeeds(Quantity quantity, double threshold, double leastDifference) {
    this.quantity = quantity;
    this.threshold = threshold;
    this.leastDifference = leastDifference;
  }

  Difference compare(Map<Long, Double> before, Map<Long, Double> after) {
    List<Long> seeds = before.keySet().stream().filter(after::containsKey).sorted().toList();
    if (seeds.isEmpty()) {
      return Difference.incomparable(quantity, "no seed in common");
    }
    List<Double> were = seeds.stream().map(before::get).toList();
    List<Double> are = seeds.stream().map(after::get).toList();
    if (!isFinite(were) || !isFinite(are)) {
      return notFinite(were, are, seeds);
    }
    if (quantity.isRelative() && !(isPositive(were) && isPositive(are))) {
      return Difference.incomparable(quantity, "is not above 0 in every seed");
    }
    double was = quantity.mean(were);
    double is = quantity.mean(are);
    Statistic change =
        Objects.requireNonNull(
            Statistic.of(
                seeds.stream()
                    .map(seed -> quantity.change(before.get(seed), after.get(seed)))
                    .toList()));
    Interval interval = change.interval();
    double worsening = quantity.worsening(change.mean());
    boolean isLarge =
        Math.abs(worsening) > quantity.beyond(threshold) && Math.abs(is - was) > leastDifference;
    boolean isNoise = seeds.size() >= ENOUGH_SEEDS && holdsZero(interval);
    Verdict verdict =
        !isLarge || isNoise ? Verdict.SAME : worsening > 0 ? Verdict.WORSE : Verdict.BETTER;
    return new Difference(
        quantity,
        was,
        is,
        quantity.told(change.mean()),
        interval == null
            ? null
            : new Interval(quantity.told(interval.low()), quantity.told(interval.high())),
        seeds,
        verdict,
        note(isLarge, isNoise, seeds.size()));
  }

  private static boolean isFinite(List<Double> values) {
    return values.stream().allMatch(Double::isFinite);
  }

  private static boolean isPositive(List<Double> values) {
    return values.stream().allMatch(value -> value > 0);
  }

  private static boolean holdsZero(@Nullable Interval interval) {
    return interval != null && interval.low() <= 0 && interval.high() >= 0;
  }

  private static String note(boolean isLarge, boolean isNoise, int seeds) {
    if (!isLarge) {
      return "";
    }
    if (isNoise) {
      return "beyond the threshold, but within the noise of " + seeds + " seeds";
    }
    return seeds >= ENOUGH_SEEDS
        ? ""
        : "only "
            + seeds
            + (seeds == 1 ? " seed" : " seeds")
            + " in common: judged by the threshold alone";
  }

  private Difference notFinite(List<Double> were, List<Double> are, List<Long> seeds) {
    Verdict verdict =
        isFinite(were) ? Verdict.WORSE : isFinite(are) ? Verdict.BETTER : Verdict.SAME;
    String note =
        switch (verdict) {
          case WORSE -> "is no longer finite";
          case BETTER -> "is finite again";
          default -> "is finite in neither run";
        };
    return new Difference(
        quantity, finiteMean(were), finiteMean(are), null, null, seeds, verdict, note);
  }

  private @Nullable Double finiteMean(List<Double> values) {
    return isFinite(values) && (!quantity.isRelative() || isPositive(values))
        ? quantity.mean(values)
        : null;
  }
}
