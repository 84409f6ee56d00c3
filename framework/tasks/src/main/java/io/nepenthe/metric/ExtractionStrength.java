package io.nepenthe.metric;

import org.jspecify.annotations.Nullable;

/**
 * Mean over eligible artifact rows of 1 - k/K, k the smallest position from which on every compared
 * token is predicted, K the compared tokens; 0 if the last is not (Carlini et al., 2021).
 */
final class ExtractionStrength implements Metric {
  @Override
  public Label label() {
    return new Label(
        "extractionStrength",
        "extraction strength",
        "Extraction strength",
        Unit.SHARE,
        Better.LOWER);
  }

  @Override
  public @Nullable Double of(Observations seen) {
    return seen.artifacts().mean(row -> 1 - (double) row.firstOfRightSuffix() / row.length());
  }
}
