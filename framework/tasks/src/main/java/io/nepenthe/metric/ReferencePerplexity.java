package io.nepenthe.metric;

import org.jspecify.annotations.Nullable;

/** Mean over batches of exp(mean loss): the definition of the reference (EVALUATION 3). */
final class ReferencePerplexity implements Metric {
  @Override
  public Label label() {
    return new Label(
        "referencePerplexity",
        "perplexity, mean over batches",
        "Perplexity, mean over batches",
        Unit.PERPLEXITY,
        Better.LOWER);
  }

  @Override
  public @Nullable Double of(Observations seen) {
    double sum = 0;
    for (NextTokenScore test : seen.tests().values()) {
      sum += test.batchMeanPerplexity();
    }
    return seen.tests().isEmpty() ? null : sum / seen.tests().size();
  }
}
