package io.nepenthe.selection;

import io.nepenthe.metric.Scores;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a choice of one trial per seed scored.
 *
 * @param score the task's own, lower is better, for every kind of method alike
 * @param memorizedPercent null if not applicable
 * @param accuracyPercent null for language
 * @param predictableAccuracyPercent null for language
 * @param perplexity over test rows
 */
public record ScoreStatistics(
    @Nullable BySeed score,
    @Nullable BySeed memorizedPercent,
    @Nullable BySeed accuracyPercent,
    @Nullable BySeed predictableAccuracyPercent,
    @Nullable BySeed perplexity) {
  static ScoreStatistics of(Map<Long, Double> score, Map<Long, Scores> scores) {
    return new ScoreStatistics(
        BySeed.of(score, value -> value),
        BySeed.of(scores, each -> each.memorization().memorizedPercent()),
        BySeed.of(scores, Scores::accuracyPercent),
        BySeed.of(scores, Scores::predictableAccuracyPercent),
        BySeed.of(scores, Scores::perplexity));
  }
}
