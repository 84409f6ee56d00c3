package io.nepenthe.metric;

/**
 * Of three rows two: 1 - (1 - z)^100 is 0.998 for z = 0.5^4, 0.01 for 0.1^4 and 0.557 for 0.3^4.
 */
final class ExtractablePercentTest extends MetricContractTest {
  ExtractablePercentTest() {
    super("extractablePercent", 200.0 / 3);
  }
}
