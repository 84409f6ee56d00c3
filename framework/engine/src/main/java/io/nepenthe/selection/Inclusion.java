package io.nepenthe.selection;

import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.InclusionRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides which trials of one method on one task may be chosen (EVALUATION 5). */
@FunctionalInterface
interface Inclusion {
  /** No rule: every trial may. */
  Inclusion ALL = trials -> new Eligibility(trials, List.of(), List.of());

  /**
   * Splits trials that were measured into eligible and excluded ones.
   *
   * @param trials of one method
   */
  Eligibility decide(List<TrialResult> trials);

  /**
   * Returns the strategy of that name for a kind of method. The rules are for unlearning, which
   * searches settings: what a control or a fine-tuning costs and leaves is what others are held
   * against. Regularizers have no inclusion rule.
   */
  static Inclusion of(InclusionRule rule, Family family, Limit limit) {
    if (family != Family.UNLEARNING) {
      return ALL;
    }
    return switch (rule) {
      case NO_SLOWER_THAN_LIMIT -> new TimeInclusion(limit).bySeed();
      case PERPLEXITY_BELOW_500_AND_MEMORIZED_BELOW_10 -> new PythiaInclusion().bySeed();
      case ALL -> ALL;
    };
  }

  /** Returns this rule asked of each seed by itself: its original model is one of its own. */
  default Inclusion bySeed() {
    return trials -> {
      Map<Long, List<TrialResult>> seeds = new TreeMap<>();
      for (TrialResult trial : trials) {
        seeds.computeIfAbsent(trial.identity().seed(), seed -> new ArrayList<>()).add(trial);
      }
      List<TrialResult> eligible = new ArrayList<>();
      List<Exclusion> excluded = new ArrayList<>();
      Map<String, List<Long>> notes = new LinkedHashMap<>();
      seeds.forEach(
          (seed, ofSeed) -> {
            Eligibility decided = decide(ofSeed);
            eligible.addAll(decided.eligible());
            excluded.addAll(decided.excluded());
            decided
                .notes()
                .forEach(note -> notes.computeIfAbsent(note, n -> new ArrayList<>()).add(seed));
          });
      List<String> told = new ArrayList<>();
      notes.forEach(
          (note, of) -> told.add(of.size() == seeds.size() ? note : "seeds " + of + ": " + note));
      return new Eligibility(eligible, excluded, told);
    };
  }
}
