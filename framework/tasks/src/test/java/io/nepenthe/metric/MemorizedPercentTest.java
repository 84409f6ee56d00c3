package io.nepenthe.metric;

/** One of three rows is reproduced. */
final class MemorizedPercentTest extends MetricContractTest {
  MemorizedPercentTest() {
    super("memorizedPercent", 100.0 / 3);
  }
}
