package io.nepenthe.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class MetricsTest {
  @Test
  void everyMetricHasATestThatKeepsTheContract() throws ClassNotFoundException {
    for (Metric metric : Metrics.all()) {
      Class<?> test = Class.forName(metric.getClass().getName() + "Test");
      assertTrue(MetricContractTest.class.isAssignableFrom(test), test.getName());
    }
  }

  @Test
  void headingsDiffer() {
    assertEquals(
        Metrics.all().size(), Metrics.all().stream().map(Metric::heading).distinct().count());
  }
}
