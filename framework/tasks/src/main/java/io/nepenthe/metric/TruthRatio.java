package io.nepenthe.metric;

import org.jspecify.annotations.Nullable;

/**
 * How much likelier the clean twin's tokens are than the artifact's: the geometric mean over rows
 * of p(twin)^(1/K) / p(artifact)^(1/K), K the compared tokens (Maini et al., 2024: TOFU, with the
 * clean twin as the alternative). Both follow the same prompt, but for a twin that is another text:
 * that follows its own. Below 1 the artifact is preferred.
 *
 * <p>The mean is geometric because a ratio has no upper bound: one row that is far off would be all
 * of an arithmetic one. It is over at most {@value Memorization#TWINS} of the eligible rows, spread
 * evenly.
 */
final class TruthRatio implements Metric {
  @Override
  public Label label() {
    return new Label("truthRatio", "truth ratio", "Truth ratio", Unit.RATIO, Better.HIGHER);
  }

  @Override
  public @Nullable Double of(Observations seen) {
    Double mean =
        seen.artifacts()
            .having(row -> row.logTruthRatio().isPresent())
            .mean(row -> row.logTruthRatio().getAsDouble());
    return mean == null ? null : Math.exp(mean);
  }
}
