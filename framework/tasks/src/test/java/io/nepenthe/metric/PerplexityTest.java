package io.nepenthe.metric;

/** exp(40 ln 2 / 40). */
final class PerplexityTest extends MetricContractTest {
  PerplexityTest() {
    super("perplexity", 2);
  }
}
