package io.nepenthe.metric;

import org.jspecify.annotations.Nullable;

/** Share of eligible artifact rows whose whole compared window is reproduced (EVALUATION 1). */
final class MemorizedPercent implements Metric {
  @Override
  public Label label() {
    return new Label("memorizedPercent", "% memorized", "% Mem", Unit.PERCENT, Better.LOWER);
  }

  @Override
  public @Nullable Double of(Observations seen) {
    return seen.artifacts().reproduced().percent();
  }
}
