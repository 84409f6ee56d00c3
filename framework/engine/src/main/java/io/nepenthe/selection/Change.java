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
   * Returns M, the relative change of % memorized. A model that memorized nothing before has none:
   * M is then 0 if it still memorizes nothing, else the new percentage, so that memorizing 1 % anew
   * weighs as much as a doubling.
   */
  static double memorization(Scores before, Scores after) {
    double was = memorizedPercent(before);
    double is = memorizedPercent(after);
    return was == 0 ? is : (is - was) / was;
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
