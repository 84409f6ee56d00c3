package io.nepenthe.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything the judge measures of one model on one task and seed.
 *
 * @param metrics the value of each metric that has one
 * @param memorization how many artifact rows are reproduced, by how often they were repeated
 * @param accuracyPercentByTest each test set's accuracy, by name; empty for tasks without accuracy
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Scores(
    ByMetric<Double> metrics, RowCounts memorization, Map<String, Double> accuracyPercentByTest) {
  /** Copies the map, keeping its order. */
  public Scores {
    accuracyPercentByTest = Collections.unmodifiableMap(new LinkedHashMap<>(accuracyPercentByTest));
  }

  /** Returns what the metrics that apply make of what a pass saw. */
  public static Scores of(Observations seen, Predicate<Metric> applies) {
    return new Scores(
        ByMetric.of(metric -> applies.test(metric) ? metric.of(seen) : null),
        seen.artifacts().reproduced(),
        applies.test(Metrics.ACCURACY) ? seen.accuracyPercentByTest() : Map.of());
  }

  /** Returns a metric's value; null if it has none, or was not known when this was measured. */
  public @Nullable Double of(Metric metric) {
    return metrics.of(metric);
  }

  /** Returns the share of eligible artifact rows that are reproduced; null without such rows. */
  public @Nullable Double memorizedPercent() {
    return of(Metrics.MEMORIZED);
  }

  /** Returns the share of targets predicted; null for language. */
  public @Nullable Double accuracyPercent() {
    return of(Metrics.ACCURACY);
  }

  /** Returns the perplexity of the test rows. */
  public double perplexity() {
    return Objects.requireNonNullElse(of(Metrics.PERPLEXITY), Double.NaN);
  }
}
