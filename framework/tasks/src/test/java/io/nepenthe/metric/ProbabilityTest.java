package io.nepenthe.metric;

/** (0.5 + 0.1 + 0.3) / 3. */
final class ProbabilityTest extends MetricContractTest {
  ProbabilityTest() {
    super("probability", 0.3);
  }
}
