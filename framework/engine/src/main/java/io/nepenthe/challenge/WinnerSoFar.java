package io.nepenthe.challenge;

import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.suite.SelectionSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which trial of a task and seed would stand for its method if no other came. A rule of inclusion
 * may exclude it once another is there: then a trial wins that was not the best before.
 */
final class WinnerSoFar implements Predicate<TrialResult> {
  private final SelectionSpec rules;
  private final Map<String, List<TrialResult>> trials = new LinkedHashMap<>();

  /**
   * Begins with what an earlier call of the run left.
   *
   * @param rules of the task
   * @param earlier trials of the task and seed that are stored
   */
  WinnerSoFar(SelectionSpec rules, List<TrialResult> earlier) {
    this.rules = rules;
    earlier.forEach(this::add);
  }

  private List<TrialResult> add(TrialResult trial) {
    List<TrialResult> ofMethod =
        trials.computeIfAbsent(trial.identity().method(), method -> new ArrayList<>());
    ofMethod.removeIf(each -> each.id().equals(trial.id()));
    ofMethod.add(trial);
    return ofMethod;
  }

  /** Takes another trial, and returns whether it is the winner of its method now. */
  @Override
  public synchronized boolean test(TrialResult trial) {
    String method = trial.identity().method();
    long seed = trial.identity().seed();
    Map<String, List<TrialResult>> known = new LinkedHashMap<>();
    known.put(method, add(trial));
    String limiting = String.valueOf(rules.limit());
    if (trials.containsKey(limiting)) {
      known.put(limiting, trials.get(limiting));
    }
    return TaskSelection.of(trial.identity().task(), rules, List.of(seed), known)
        .of(method)
        .map(selection -> selection.winners().get(seed))
        .filter(winner -> winner.trial().equals(trial.id()))
        .isPresent();
  }
}
