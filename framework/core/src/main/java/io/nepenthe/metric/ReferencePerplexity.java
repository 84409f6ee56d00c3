package io.nepenthe.metric;

import org.jspecify.annotations.Nullable;

/** Mean over batches of exp(mean loss): the definition of the reference (EVALUATION 3). */
final class ReferencePerplexity implements Metric {
  @Override
  public String id() {
    return "referencePerplexity";
  }

  @Override
  public String name() {
    return "perplexity, mean over batches";
  }

  @Override
  public String heading() {
    return "Perplexity, mean over batches";
  }

  @Override
  public Unit unit() {
    return Unit.PERPLEXITY;
  }

  @Override
  public Better better() {
    return Better.LOWER;
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
