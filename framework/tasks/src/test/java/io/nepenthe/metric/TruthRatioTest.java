package io.nepenthe.metric;

/** Row 0 has 0.25 / 0.5 = 1/2, row 1 has 0.4 / 0.1 = 4; their geometric mean is the root of 2. */
final class TruthRatioTest extends MetricContractTest {
  TruthRatioTest() {
    super("truthRatio", Math.sqrt(2));
  }
}
