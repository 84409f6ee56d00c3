package io.nepenthe.metric;

import io.nepenthe.data.DataSpec;
import org.jspecify.annotations.Nullable;

/**
 * Mean over the test sets of the share of predictable targets predicted: no first number, no
 * padding (EVALUATION 2).
 */
final class PredictableAccuracyPercent implements Metric {
  @Override
  public String id() {
    return "predictableAccuracyPercent";
  }

  @Override
  public String name() {
    return "predictable accuracy %";
  }

  @Override
  public String heading() {
    return "Predictable acc (%)";
  }

  @Override
  public Unit unit() {
    return Unit.PERCENT;
  }

  @Override
  public Better better() {
    return Better.HIGHER;
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
