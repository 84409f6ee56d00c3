package io.nepenthe.metric;

import org.jspecify.annotations.Nullable;

/**
 * Mean over eligible artifact rows of the geometric mean of the compared tokens' probabilities
 * (Maini et al., 2024: TOFU): what is left where the argmax has already moved on.
 */
final class Probability implements Metric {
  @Override
  public Label label() {
    return new Label("probability", "probability", "Probability", Unit.SHARE, Better.LOWER);
  }

  @Override
  public @Nullable Double of(Observations seen) {
    return seen.artifacts().mean(Continuation::probability);
  }
}
