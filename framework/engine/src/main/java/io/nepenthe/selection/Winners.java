package io.nepenthe.selection;

import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.TrialResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Chooses the trial that stands for a method on a task, per seed (EVALUATION 5).
 *
 * <p>Unlearning: the lowest score among the trials that took at most as long as extra fine-tuning;
 * if a method has no such trial, among all of them. Regularizers: the one setting with the highest
 * mean over seeds of accuracy minus % memorized. Equal scores: the fastest, then the smallest
 * ratio.
 */
public final class Winners {
  private final SelectionRule rule;

  /** Chooses by a rule. */
  public Winners(SelectionRule rule) {
    this.rule = rule;
  }

  /**
   * Returns the winner of each seed that has a valid trial.
   *
   * @param trials of one method on one task
   * @param limitSeconds the time of extra fine-tuning on this task, if it was measured
   */
  public Map<Long, TrialResult> choose(
      Collection<TrialResult> trials, OptionalDouble limitSeconds) {
    List<TrialResult> valid = trials.stream().filter(TrialResult::isValid).toList();
    if (valid.isEmpty()) {
      return Map.of();
    }
    return valid.get(0).family() == Family.REGULARIZER
        ? bestSetting(valid)
        : bestPerSeed(within(valid, limitSeconds));
  }

  /** Returns the score of a trial, lower is better. */
  public double score(TrialResult trial) {
    return rule.score(trial);
  }

  private Map<Long, TrialResult> bestPerSeed(List<TrialResult> trials) {
    Map<Long, TrialResult> best = new TreeMap<>();
    for (TrialResult trial : trials) {
      best.merge(trial.identity().seed(), trial, this::better);
    }
    return best;
  }

  private static List<TrialResult> within(List<TrialResult> trials, OptionalDouble limit) {
    if (limit.isEmpty() || trials.get(0).family() != Family.UNLEARNING) {
      return trials;
    }
    List<TrialResult> included =
        trials.stream().filter(trial -> seconds(trial) <= limit.getAsDouble()).toList();
    return included.isEmpty() ? trials : included;
  }

  private TrialResult better(TrialResult a, TrialResult b) {
    Comparator<TrialResult> order =
        Comparator.comparingDouble(this::orderedScore)
            .thenComparingDouble(Winners::seconds)
            .thenComparingDouble(Winners::ratio)
            .thenComparing(TrialResult::id);
    return order.compare(a, b) <= 0 ? a : b;
  }

  private double orderedScore(TrialResult trial) {
    double score = rule.score(trial);
    return Double.isNaN(score) ? Double.POSITIVE_INFINITY : score;
  }

  private Map<Long, TrialResult> bestSetting(List<TrialResult> trials) {
    Map<Map<String, Number>, List<TrialResult>> settings = new HashMap<>();
    for (TrialResult trial : trials) {
      settings
          .computeIfAbsent(trial.identity().hyperparameters(), key -> new ArrayList<>())
          .add(trial);
    }
    List<TrialResult> best =
        settings.values().stream()
            .max(
                Comparator.<List<TrialResult>>comparingInt(List::size)
                    .thenComparingDouble(Winners::meanAccuracyMinusMemorized)
                    .thenComparing(list -> list.get(0).id()))
            .orElseThrow();
    Map<Long, TrialResult> winners = new TreeMap<>();
    best.forEach(trial -> winners.put(trial.identity().seed(), trial));
    return winners;
  }

  private static double meanAccuracyMinusMemorized(List<TrialResult> trials) {
    double mean = accuracyMinusMemorized(trials);
    return Double.isNaN(mean) ? Double.NEGATIVE_INFINITY : mean;
  }

  private static double accuracyMinusMemorized(List<TrialResult> trials) {
    return trials.stream()
        .mapToDouble(
            trial ->
                Objects.requireNonNullElse(
                        Objects.requireNonNull(trial.after()).accuracyPercent(), 0.0)
                    - Change.memorized(trial.after()))
        .average()
        .orElseThrow();
  }

  private static double seconds(TrialResult trial) {
    return Objects.requireNonNull(trial.time()).seconds();
  }

  private static double ratio(TrialResult trial) {
    Number ratio = trial.identity().hyperparameters().get("ratio");
    return ratio == null ? 0 : ratio.doubleValue();
  }
}
