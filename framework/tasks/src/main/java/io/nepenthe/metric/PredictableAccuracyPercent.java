package io.nepenthe.metric;

import io.nepenthe.task.DataSpec;
import org.jspecify.annotations.Nullable;

/**
 * Mean over the test sets of the share of predictable targets predicted: no first number, no
 * padding (EVALUATION 2).
 */
final class PredictableAccuracyPercent implements Metric {
  @Override
  public Label label() {
    return new Label(
        "predictableAccuracyPercent",
        "predictable accuracy %",
        "Predictable acc (%)",
        Unit.PERCENT,
        Better.HIGHER);
  }

  @Override
  public boolean appliesTo(DataSpec task) {
    return task.hasAccuracy();
  }

  @Override
  public @Nullable Double of(Observations seen) {
    double sum = 0;
    for (NextTokenScore test : seen.tests().values()) {
      sum += test.predictableAccuracy();
    }
    double percent = 100 * sum / seen.tests().size(); // NaN where a set has no predictable target
    return Double.isNaN(percent) ? null : percent;
  }
}
