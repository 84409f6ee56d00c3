package io.nepenthe.summary;

import io.nepenthe.selection.BySeed;
import io.nepenthe.selection.ScoreStatistics;
import io.nepenthe.statistics.Statistic;
import org.jspecify.annotations.Nullable;

/**
 * Scores on rows that had no part in a choice, over seeds.
 *
 * @param memorizedPercent null if not applicable
 * @param accuracyPercent null for language
 * @param predictableAccuracyPercent null for language
 * @param perplexity over test rows
 */
public record HoldoutStatistics(
    @Nullable Statistic memorizedPercent,
    @Nullable Statistic accuracyPercent,
    @Nullable Statistic predictableAccuracyPercent,
    @Nullable Statistic perplexity) {
  static HoldoutStatistics of(ScoreStatistics holdout) {
    return new HoldoutStatistics(
        statistic(holdout.memorizedPercent()),
        statistic(holdout.accuracyPercent()),
        statistic(holdout.predictableAccuracyPercent()),
        statistic(holdout.perplexity()));
  }

  private static @Nullable Statistic statistic(@Nullable BySeed bySeed) {
    return bySeed == null ? null : bySeed.statistic();
  }
}
