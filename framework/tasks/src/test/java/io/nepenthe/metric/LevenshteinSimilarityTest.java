package io.nepenthe.metric;

/** (1 + 2/4 + 3/4) / 3: row 1 wants one token taken out and one put in, row 2 one replaced. */
final class LevenshteinSimilarityTest extends MetricContractTest {
  LevenshteinSimilarityTest() {
    super("levenshteinSimilarity", 0.75);
  }
}
