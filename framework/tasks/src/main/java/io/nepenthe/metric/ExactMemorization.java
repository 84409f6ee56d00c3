package io.nepenthe.metric;

import org.jspecify.annotations.Nullable;

/**
 * Mean over eligible artifact rows of the share of compared tokens that are predicted, each after
 * the tokens of the artifact before it (Tirumala et al., 2022).
 */
final class ExactMemorization implements Metric {
  @Override
  public Label label() {
    return new Label(
        "exactMemorization", "exact memorization", "Exact memorization", Unit.SHARE, Better.LOWER);
  }

  @Override
  public @Nullable Double of(Observations seen) {
    return seen.artifacts().mean(row -> (double) row.hits() / row.length());
  }
}
