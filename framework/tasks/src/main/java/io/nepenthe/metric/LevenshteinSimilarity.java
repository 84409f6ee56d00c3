package io.nepenthe.metric;

import org.jspecify.annotations.Nullable;

/**
 * Mean over eligible artifact rows of 1 - d / K, K the compared tokens, d the edit distance between
 * artifact and likeliest tokens (Chang et al., 2024; Merullo et al., 2025).
 *
 * <p>The papers take the greedy continuation. Here each likeliest token follows the artifact's own
 * tokens, as one teacher-forced pass gives it: the same until the first miss, and after it what the
 * model would write if it were put right. The similarity is 1 for the same rows, and mostly higher
 * for the others.
 */
final class LevenshteinSimilarity implements Metric {
  @Override
  public Label label() {
    return new Label(
        "levenshteinSimilarity",
        "Levenshtein similarity",
        "Levenshtein similarity",
        Unit.SHARE,
        Better.LOWER);
  }

  @Override
  public @Nullable Double of(Observations seen) {
    return seen.artifacts().mean(Continuation::similarity);
  }
}
