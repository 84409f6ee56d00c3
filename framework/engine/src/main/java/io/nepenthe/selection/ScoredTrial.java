package io.nepenthe.selection;

import io.nepenthe.metric.Scores;
import io.nepenthe.runstore.TrialResult;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An eligible trial with the score by which it is chosen.
 *
 * @param trial the stored result
 * @param scores after mitigation, on the rows that count for the choice
 * @param score lower is better; NaN and infinite lose against every number
 */
record ScoredTrial(TrialResult trial, Scores scores, double score) {
  /**
   * Lowest score, then least work, then smallest ratio (EVALUATION 5, whose "fastest" is counted
   * here: no clock decides), then in any fixed order.
   */
  static final Comparator<ScoredTrial> BEST_FIRST =
      Comparator.comparingDouble(ScoredTrial::ordered)
          .thenComparingDouble(ScoredTrial::cost)
          .thenComparingDouble(ScoredTrial::ratio)
          .thenComparing(ScoredTrial::setting)
          .thenComparing(ScoredTrial::id);

  String id() {
    return trial.id();
  }

  long seed() {
    return trial.identity().seed();
  }

  Map<String, Number> hyperparameters() {
    return trial.identity().hyperparameters();
  }

  /** Returns the score, infinite if it is no finite number. */
  double ordered() {
    return Double.isFinite(score) ? score : Double.POSITIVE_INFINITY;
  }

  /** Returns the counted work; 0 where none was counted, in all trials alike. */
  double cost() {
    Double cost = Objects.requireNonNull(trial.time(), "a valid trial has a time").cost();
    return cost == null ? 0 : cost;
  }

  double ratio() {
    Number ratio = hyperparameters().get("ratio");
    return ratio == null ? 0 : ratio.doubleValue();
  }

  /** Returns the grid point as text, the same for 1 and 1.0. */
  String setting() {
    return new TreeMap<>(hyperparameters())
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue().doubleValue())
            .collect(Collectors.joining(","));
  }
}
