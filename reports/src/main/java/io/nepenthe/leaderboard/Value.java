package io.nepenthe.leaderboard;

import io.nepenthe.selection.BySeed;
import io.nepenthe.statistics.Interval;
import io.nepenthe.statistics.Statistic;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A mean with its interval.
 *
 * @param mean null if it is no finite number
 * @param low over seeds, lower end of Student's 95 % interval of the mean; over tasks, the lowest;
 *     null for a single value, or where one is not finite
 * @param high upper end; null likewise
 */
public record Value(@Nullable Double mean, @Nullable Double low, @Nullable Double high) {
  /** Returns the mean of numbers, null if there are none. */
  static @Nullable Value of(Collection<Double> values) {
    Statistic statistic = Statistic.of(values);
    return statistic == null ? null : of(statistic);
  }

  /** Returns the mean of numbers with their range, null if there are none. */
  static @Nullable Value ranged(Collection<Double> values) {
    Statistic statistic = Statistic.of(values);
    return statistic == null
        ? null
        : new Value(
            statistic.mean(),
            values.size() < 2 ? null : statistic.min(),
            values.size() < 2 ? null : statistic.max());
  }

  static @Nullable Value of(@Nullable BySeed values) {
    return values == null ? null : of(values.statistic());
  }

  static Value of(Statistic statistic) {
    Interval interval = statistic.interval();
    return new Value(
        Double.isFinite(statistic.mean()) ? statistic.mean() : null,
        interval == null ? null : interval.low(),
        interval == null ? null : interval.high());
  }
}
