package io.nepenthe.selection;

import io.nepenthe.metric.Scores;
import io.nepenthe.runstore.TrialResult;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Relative changes between the original and the mitigated model (EVALUATION 4). */
final class Change {
  private Change() {}

  /** Returns % memorized, 0 without eligible rows. */
  static double memorized(@Nullable Scores scores) {
    Double percent = Objects.requireNonNull(scores).memorization().memorizedPercent();
    return percent == null ? 0 : percent;
  }

  /**
   * Returns the mean over test sets of the relative change of accuracy. A set without a right
   * answer before has no relative change; it counts as unchanged.
   */
  static double meanAccuracy(TrialResult trial) {
    Map<String, Double> after = Objects.requireNonNull(trial.after()).accuracyPercentByTest();
    double sum = 0;
    for (Map.Entry<String, Double> test : trial.before().accuracyPercentByTest().entrySet()) {
      double before = test.getValue();
      sum += before == 0 ? 0 : (after.get(test.getKey()) - before) / before;
    }
    return sum / after.size();
  }
}
