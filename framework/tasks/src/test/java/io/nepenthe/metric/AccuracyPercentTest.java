package io.nepenthe.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** (50 + 70) / 2. */
final class AccuracyPercentTest extends MetricContractTest {
  AccuracyPercentTest() {
    super("accuracyPercent", 60);
  }

  /** (60 + 90) / 2. */
  @Test
  void withTheQuirkItIsTheMeanOfTheMeansOverBatches() {
    assertEquals(75, Metrics.ACCURACY.of(seen(true)), 1e-9);
  }
}
