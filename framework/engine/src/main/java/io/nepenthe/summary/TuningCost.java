package io.nepenthe.summary;

import io.nepenthe.runstore.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What it took to tune a method: all its trials, not the winners alone.
 *
 * @param method id
 * @param methodName as tables print it
 * @param trials that ended with a time; failed ones have none
 * @param trialSeconds of these trials, each as if it had run alone
 * @param share of the seconds of all methods' trials, in [0, 1]
 */
public record TuningCost(
    String method, String methodName, int trials, double trialSeconds, double share) {

  /**
   * Returns the costs of all methods with a trial.
   *
   * @param methods ids, in the order wanted
   */
  public static List<TuningCost> of(List<String> methods, List<TrialResult> trials) {
    Map<String, List<TrialResult>> byMethod = new LinkedHashMap<>();
    methods.forEach(method -> byMethod.put(method, new ArrayList<>()));
    for (TrialResult trial : trials) {
      byMethod.computeIfAbsent(trial.identity().method(), id -> new ArrayList<>()).add(trial);
    }
    double total = byMethod.values().stream().mapToDouble(TuningCost::seconds).sum();
    return byMethod.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(entry -> of(entry.getKey(), entry.getValue(), total))
        .toList();
  }

  private static TuningCost of(String method, List<TrialResult> trials, double totalSeconds) {
    double seconds = seconds(trials);
    return new TuningCost(
        method,
        trials.get(0).methodName(),
        (int) trials.stream().filter(trial -> trial.time() != null).count(),
        seconds,
        totalSeconds == 0 ? 0 : seconds / totalSeconds);
  }

  /** What a regularizer adds to a training can come out just below 0: it counts as nothing. */
  private static double seconds(List<TrialResult> trials) {
    return trials.stream()
        .filter(trial -> trial.time() != null)
        .mapToDouble(trial -> Math.max(0, trial.time().seconds()))
        .sum();
  }
}
