package io.nepenthe.metric;

/** (1 + 1/4 + 3/4) / 3. */
final class ExactMemorizationTest extends MetricContractTest {
  ExactMemorizationTest() {
    super("exactMemorization", 2.0 / 3);
  }
}
