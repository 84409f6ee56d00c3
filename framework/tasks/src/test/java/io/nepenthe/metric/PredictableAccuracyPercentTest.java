package io.nepenthe.metric;

/** (80 + 60) / 2. */
final class PredictableAccuracyPercentTest extends MetricContractTest {
  PredictableAccuracyPercentTest() {
    super("predictableAccuracyPercent", 70);
  }
}
