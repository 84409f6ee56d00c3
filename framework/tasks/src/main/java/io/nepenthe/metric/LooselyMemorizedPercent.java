package io.nepenthe.metric;

import org.jspecify.annotations.Nullable;

/**
 * Share of eligible artifact rows with a similarity of at least 0.75, as {@link
 * LevenshteinSimilarity} has it (Merullo et al., 2025); rows weigh as for % memorized.
 */
final class LooselyMemorizedPercent implements Metric {
  private static final double LOOSE = 0.75;

  @Override
  public Label label() {
    return new Label(
        "looselyMemorizedPercent",
        "% loosely memorized",
        "% loosely Mem",
        Unit.PERCENT,
        Better.LOWER);
  }

  @Override
  public @Nullable Double of(Observations seen) {
    return seen.artifacts().count(row -> row.similarity() >= LOOSE).percent();
  }
}
