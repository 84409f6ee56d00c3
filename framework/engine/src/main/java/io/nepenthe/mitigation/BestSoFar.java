package io.nepenthe.mitigation;

import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.suite.SelectionSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which trial is the best of its method up to now, by the rules by which the last of all is chosen.
 * Of all methods one may win after all whose trial was not the best before: a rule of inclusion can
 * exclude trials once another is there.
 */
public final class BestSoFar implements Predicate<TrialResult> {
  private final SelectionSpec rules;
  private final long seed;
  private final Map<String, List<TrialResult>> trials = new LinkedHashMap<>();

  /**
   * Begins with what an earlier call of the run left.
   *
   * @param earlier trials that are stored
   */
  public BestSoFar(SelectionSpec rules, long seed, List<TrialResult> earlier) {
    this.rules = rules;
    this.seed = seed;
    earlier.forEach(this::add);
  }

  private void add(TrialResult trial) {
    trials.computeIfAbsent(trial.identity().method(), method -> new ArrayList<>()).add(trial);
  }

  /** Takes another trial, and returns whether it is the best of its method now. */
  @Override
  public synchronized boolean test(TrialResult trial) {
    add(trial);
    String method = trial.identity().method();
    Map<String, List<TrialResult>> ofMethod = Map.of(method, trials.get(method));
    Optional<BestTrial> best =
        BestTrial.of(TaskSelection.of(MitigationSuite.TASK, rules, List.of(seed), ofMethod), seed);
    return best.filter(chosen -> chosen.trial().equals(trial.id())).isPresent();
  }
}
