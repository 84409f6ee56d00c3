package io.nepenthe.metric;

/** (3 + 5) / 2. */
final class ReferencePerplexityTest extends MetricContractTest {
  ReferencePerplexityTest() {
    super("referencePerplexity", 4);
  }
}
