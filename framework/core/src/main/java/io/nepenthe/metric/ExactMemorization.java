package io.nepenthe.metric;

import org.jspecify.annotations.Nullable;

/**
 * Mean over eligible artifact rows of the share of compared tokens that are predicted, each after
 * the tokens of the artifact before it (Tirumala et al., 2022).
 */
final class ExactMemorization implements Metric {
  @Override
  public String id() {
    return "exactMemorization";
  }

  @Override
  public String name() {
    return "exact memorization";
  }

  @Override
  public String heading() {
    return "Exact memorization";
  }

  @Override
  public Unit unit() {
    return Unit.SHARE;
  }

  @Override
  public Better better() {
    return Better.LOWER;
  }

  @Override
  public @Nullable Double of(Observations seen) {
    return seen.artifacts().mean(row -> (double) row.hits() / row.length());
  }
}
