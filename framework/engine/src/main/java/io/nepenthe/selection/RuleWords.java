package io.nepenthe.selection;

import io.nepenthe.suite.InclusionRule;
import io.nepenthe.suite.RegularizerRule;
import io.nepenthe.suite.ScoreRule;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.wording.Words;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules of selection as sentences. */
final class RuleWords {
  private static final String UNLESS =
      " Where a method always does on a seed, all its trials there may be chosen.";

  private RuleWords() {}

  static String of(SelectionSpec rules, @Nullable String limitedBy, Limit limit) {
    return sentences(
        rules,
        rules.inclusion() == InclusionRule.NO_SLOWER_THAN_LIMIT
            ? noSlower(String.valueOf(limitedBy), limit)
            : inclusion(rules.inclusion()));
  }

  /** Returns the rules of results of several runs, each with its own limit. */
  static String of(SelectionSpec rules, @Nullable String limitedBy) {
    return sentences(
        rules,
        rules.inclusion() == InclusionRule.NO_SLOWER_THAN_LIMIT
            ? noSlower(limitedBy)
            : inclusion(rules.inclusion()));
  }

  private static String sentences(SelectionSpec rules, String inclusion) {
    return "The score is "
        + score(rules.score())
        + "; lower is better. A regularizer takes the one setting with the "
        + regularizer(rules.regularizers())
        + ". "
        + inclusion
        + " Equal scores go to the least work of the model, then to the smallest ratio.";
  }

  private static String score(ScoreRule rule) {
    return switch (rule) {
      case M_MINUS_A ->
          "M - A: the relative change of % memorized minus the mean relative change of accuracy";
      case M_PLUS_P_PLUS_T ->
          "M + P + t: the relative changes of % memorized and of perplexity, plus 100 where"
              + " memorization did not change";
    };
  }

  private static String regularizer(RegularizerRule rule) {
    return switch (rule) {
      case ACCURACY_MINUS_MEMORIZED -> "highest mean of accuracy - % memorized";
      case PERPLEXITY_PLUS_MEMORIZED -> "lowest mean of perplexity + % memorized";
    };
  }

  private static String inclusion(InclusionRule rule) {
    return switch (rule) {
      case PERPLEXITY_BELOW_500_AND_MEMORIZED_BELOW_10 ->
          "Perplexity must be below 500 and, if a method has any such trial on a seed, % memorized"
              + " below 10. This is asked of unlearning only.";
      case NO_SLOWER_THAN_LIMIT, ALL -> "Every trial that was measured may be chosen.";
    };
  }

  private static String noSlower(@Nullable String limitedBy) {
    return limitedBy == null
        ? "No method sets a limit of time."
        : "Unlearning may take no more work of the model than "
            + limitedBy
            + " took in the same run; in reference fidelity, and where work was not counted, no more"
            + " time than it took there on the same machine."
            + UNLESS;
  }

  private static String noSlower(String limitedBy, Limit limit) {
    if (limit.isUnknown()) {
      return "The method that sets the time limit was not timed, so that time rules out no trial.";
    }
    if (limit.cost() != null) {
      return "Unlearning may take no more work of the model than "
          + limitedBy
          + ", that of "
          + Words.number(limit.cost())
          + " tokens: counted in forward passes of a token, three for one with its gradient, so that"
          + " no clock decides."
          + UNLESS;
    }
    return "Unlearning may take no longer than "
        + limitedBy
        + " on the same machine: "
        + limit.seconds().stream()
            .map(each -> Words.number(each.seconds()) + " s on " + each.machine().words())
            .collect(Collectors.joining("; "))
        + (limit.tolerance() == 1 ? "" : " " + limit.tolerated())
        + "."
        + UNLESS;
  }
}
