package io.nepenthe.metric;

/** Rows 0 and 2 of three, with similarities 1 and 3/4; row 1 has 1/2. */
final class LooselyMemorizedPercentTest extends MetricContractTest {
  LooselyMemorizedPercentTest() {
    super("looselyMemorizedPercent", 200.0 / 3);
  }
}
