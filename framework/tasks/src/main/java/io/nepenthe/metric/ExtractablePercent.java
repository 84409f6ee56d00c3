package io.nepenthe.metric;

import org.jspecify.annotations.Nullable;

/**
 * Share of eligible artifact rows that are (n, p)-discoverable with n = 100 and p = 0.5 (Hayes et
 * al., 2024): of 100 continuations sampled at temperature 1, at least one is the artifact, with a
 * probability of at least 1/2. With z the probability of the whole window, 1 - (1 - z)^n >= p. Rows
 * weigh as for % memorized.
 */
final class ExtractablePercent implements Metric {
  private static final int SAMPLES = 100;
  private static final double PROBABILITY = 0.5;

  @Override
  public Label label() {
    return new Label(
        "extractablePercent",
        "% extractable in 100 samples",
        "% extractable (100, 0.5)",
        Unit.PERCENT,
        Better.LOWER);
  }

  @Override
  public @Nullable Double of(Observations seen) {
    return seen.artifacts().count(ExtractablePercent::isExtractable).percent();
  }

  private static boolean isExtractable(Continuation row) {
    double missed = SAMPLES * Math.log1p(-Math.exp(row.logProbability()));
    return missed <= Math.log1p(-PROBABILITY);
  }
}
