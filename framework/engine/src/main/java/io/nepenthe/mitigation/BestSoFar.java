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

/** Which trial is the best of all up to now, by the rules by which the last of them is chosen. */
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

  /** Takes another trial, and returns whether it is the best now. */
  @Override
  public boolean test(TrialResult trial) {
    add(trial);
    Optional<BestTrial> best =
        BestTrial.of(TaskSelection.of(MitigationSuite.TASK, rules, List.of(seed), trials), seed);
    return best.filter(chosen -> chosen.trial().equals(trial.id())).isPresent();
  }
}
