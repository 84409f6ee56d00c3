package io.nepenthe.metric;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something of each metric that has it; in JSON an object whose keys are metric ids, sorted. Ids
 * that this program does not know are kept. Immutable.
 *
 * @param <T> what there is of a metric: a value, a statistic
 */
public final class ByMetric<T> {
  private final Map<String, T> byId;

  /** Copies a map by metric id, keeping its order. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ByMetric(Map<String, T> byId) {
    this.byId = Collections.unmodifiableMap(new LinkedHashMap<>(byId));
  }

  /**
   * Returns what a function has of each metric, in the order of {@link Metrics}; null is nothing.
   */
  public static <T> ByMetric<T> of(Function<Metric, @Nullable T> function) {
    Map<String, T> byId = new LinkedHashMap<>();
    for (Metric metric : Metrics.all()) {
      T found = function.apply(metric);
      if (found != null) {
        byId.put(metric.id(), found);
      }
    }
    return new ByMetric<>(byId);
  }

  /** Returns nothing of any metric. */
  public static <T> ByMetric<T> none() {
    return new ByMetric<>(Map.of());
  }

  /** Returns what there is of a metric; null if nothing. */
  public @Nullable T of(Metric metric) {
    return byId.get(metric.id());
  }

  /** Returns all there is, by metric id. */
  @JsonValue
  public Map<String, T> byId() {
    return byId;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ByMetric<?> that && byId.equals(that.byId);
  }

  @Override
  public int hashCode() {
    return byId.hashCode();
  }

  @Override
  public String toString() {
    return byId.toString();
  }
}
