package io.nepenthe.metric;

import io.nepenthe.task.DataSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Mean over the test sets of the share of targets predicted, padding included: the accuracy of the
 * paper (EVALUATION 2).
 */
final class AccuracyPercent implements Metric {
  @Override
  public Label label() {
    return new Label("accuracyPercent", "accuracy %", "Acc (%)", Unit.PERCENT, Better.HIGHER);
  }

  @Override
  public boolean appliesTo(DataSpec task) {
    return task.hasAccuracy();
  }

  @Override
  public @Nullable Double of(Observations seen) {
    Map<String, Double> percent = seen.accuracyPercentByTest();
    return percent.isEmpty()
        ? null
        : percent.values().stream().mapToDouble(Double::doubleValue).sum() / percent.size();
  }
}
