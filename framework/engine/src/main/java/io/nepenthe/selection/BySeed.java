package io.nepenthe.selection;

import io.nepenthe.statistics.Statistic;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One number of each seed, and its statistic.
 *
 * @param values by seed, rising
 * @param statistic over them
 */
public record BySeed(Map<Long, Double> values, Statistic statistic) {
  /** Copies the map, sorted. */
  public BySeed {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** Returns the numbers of the seeds that have one; null if none has. */
  public static <T> @Nullable BySeed of(Map<Long, T> seeds, Function<T, @Nullable Double> part) {
    Map<Long, Double> values = new TreeMap<>();
    seeds.forEach(
        (seed, whole) -> {
          Double value = part.apply(whole);
          if (value != null) {
            values.put(seed, value);
          }
        });
    return values.isEmpty()
        ? null
        : new BySeed(values, Objects.requireNonNull(Statistic.of(values.values())));
  }
}
