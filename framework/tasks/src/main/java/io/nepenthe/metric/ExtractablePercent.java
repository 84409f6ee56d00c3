package io.nepenthe.metric;

import org.jspecify.annotations.Nullable;

/**
 * Share of eligible artifact rows that are (n, p)-discoverable with n = 100 and p = 0.5, as {@link
 * Extractability} says; rows weigh as for % memorized.
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
    return seen.artifacts()
        .count(row -> Extractability.isFoundIn(SAMPLES, row.logProbability(), PROBABILITY))
        .percent();
  }
}
