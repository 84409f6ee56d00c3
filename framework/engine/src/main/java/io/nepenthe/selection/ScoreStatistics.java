package io.nepenthe.selection;

import io.nepenthe.metric.ByMetric;
import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Scores;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a choice of one trial per seed scored.
 *
 * @param score the task's own, lower is better, for every kind of method alike
 * @param metrics those that have a value in any seed
 */
public record ScoreStatistics(@Nullable BySeed score, ByMetric<BySeed> metrics) {
  /** Returns what trials scored, from their scores and measures by seed. */
  public static ScoreStatistics of(Map<Long, Double> score, Map<Long, Scores> scores) {
    return new ScoreStatistics(
        BySeed.of(score, value -> value),
        ByMetric.of(metric -> BySeed.of(scores, each -> each.of(metric))));
  }

  /** Returns a metric's values; null if it has none. */
  public @Nullable BySeed of(Metric metric) {
    return metrics.of(metric);
  }
}
