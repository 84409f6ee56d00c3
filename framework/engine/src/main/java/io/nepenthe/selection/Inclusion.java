package io.nepenthe.selection;

import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.InclusionRule;
import java.util.List;

/** Decides which trials of one method on one task may be chosen (EVALUATION 5). */
@FunctionalInterface
interface Inclusion {
  /** No rule: every trial may. */
  Inclusion ALL = trials -> new Eligibility(trials, List.of(), List.of());

  /**
   * Splits trials that were measured into eligible and excluded ones.
   *
   * @param trials of one method, every seed
   */
  Eligibility decide(List<TrialResult> trials);

  /**
   * Returns the strategy of that name for a kind of method. Time is compared for unlearning only:
   * the limit is what training on costs. Regularizers have no inclusion rule.
   */
  static Inclusion of(InclusionRule rule, Family family, TimeLimits limits) {
    if (family == Family.REGULARIZER) {
      return ALL;
    }
    return switch (rule) {
      case NO_SLOWER_THAN_LIMIT -> family == Family.UNLEARNING ? new TimeInclusion(limits) : ALL;
      case PERPLEXITY_BELOW_500_AND_MEMORIZED_BELOW_10 -> new PythiaInclusion();
      case ALL -> ALL;
    };
  }
}
