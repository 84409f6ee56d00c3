package io.nepenthe.metric;

import org.jspecify.annotations.Nullable;

/** Share of eligible artifact rows whose whole compared window is reproduced (EVALUATION 1). */
final class MemorizedPercent implements Metric {
  @Override
  public String id() {
    return "memorizedPercent";
  }

  @Override
  public String name() {
    return "% memorized";
  }

  @Override
  public String heading() {
    return "% Mem";
  }

  @Override
  public Unit unit() {
    return Unit.PERCENT;
  }

  @Override
  public Better better() {
    return Better.LOWER;
  }

  @Override
  public @Nullable Double of(Observations seen) {
    return seen.artifacts().reproduced().percent();
  }
}
