package io.nepenthe.testkit;

import io.nepenthe.metric.ByMetric;
import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scores made by hand, for tests of what reads them. */
public final class MadeScores {
  private MadeScores() {}

  /**
   * Returns scores with % memorized as counted, and the given metrics.
   *
   * @param accuracyPercent null for a task without accuracy
   */
  public static Scores of(
      RowCounts memorization,
      @Nullable Double accuracyPercent,
      double perplexity,
      Map<String, Double> accuracyPercentByTest) {
    Map<String, @Nullable Double> values = new HashMap<>();
    values.put(Metrics.MEMORIZED.id(), memorization.percent());
    values.put(Metrics.ACCURACY.id(), accuracyPercent);
    values.put(Metrics.PERPLEXITY.id(), perplexity);
    return new Scores(
        ByMetric.of(metric -> values.get(metric.id())), memorization, accuracyPercentByTest);
  }

  /** Returns scores with another value of one metric, known by its id. */
  public static Scores with(Scores scores, String metric, @Nullable Double value) {
    Metric known =
        Metrics.all().stream().filter(each -> each.id().equals(metric)).findFirst().orElseThrow();
    return new Scores(
        ByMetric.of(each -> each == known ? value : scores.of(each)),
        scores.memorization(),
        scores.accuracyPercentByTest());
  }
}
