package io.nepenthe.metric;

import org.jspecify.annotations.Nullable;

/** exp(total loss / total targets) over all test rows (EVALUATION 3). */
final class Perplexity implements Metric {
  @Override
  public Label label() {
    return new Label("perplexity", "perplexity", "Perplexity", Unit.PERPLEXITY, Better.LOWER);
  }

  @Override
  public @Nullable Double of(Observations seen) {
    double loss = 0;
    long targets = 0;
    for (NextTokenScore test : seen.tests().values()) {
      loss += test.totalLoss();
      targets += test.targets();
    }
    return targets == 0 ? null : Math.exp(loss / targets);
  }
}
