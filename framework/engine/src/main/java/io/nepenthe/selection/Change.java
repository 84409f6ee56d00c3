package io.nepenthe.selection;

import io.nepenthe.metric.Scores;
import java.util.Map;

/**
 * Relative changes between the original and the mitigated model, as fractions (EVALUATION 4). What
 * has no value has no change either: NaN.
 */
final class Change {
  private Change() {}

  /** Returns % memorized, NaN without eligible rows: not applicable, never 0. */
  static double memorizedPercent(Scores scores) {
    Double percent = scores.memorizedPercent();
    return percent == null ? Double.NaN : percent;
  }

  /**
   * Returns true if an original model memorized anything, so that there is a change to speak of.
   */
  static boolean isDefined(Scores before) {
    return memorizedPercent(before) > 0;
  }

  /** Returns M, the relative change of % memorized; NaN where nothing was memorized before. */
  static double memorization(Scores before, Scores after) {
    double was = memorizedPercent(before);
    return isDefined(before) ? (memorizedPercent(after) - was) / was : Double.NaN;
  }

  /**
   * Returns A, the mean over test sets of the relative change of accuracy (UNLEARNING_DRIVER 6). A
   * set without a right answer before has no relative change; it counts as unchanged.
   */
  static double accuracy(Scores before, Scores after) {
    Map<String, Double> now = after.accuracyPercentByTest();
    return before.accuracyPercentByTest().entrySet().stream()
        .mapToDouble(
            test -> {
              double was = test.getValue();
              double is = now.getOrDefault(test.getKey(), Double.NaN);
              return was == 0 ? 0 : (is - was) / was;
            })
        .average()
        .orElse(Double.NaN);
  }

  /** Returns P, the relative change of perplexity. */
  static double perplexity(Scores before, Scores after) {
    return (after.perplexity() - before.perplexity()) / before.perplexity();
  }
}
