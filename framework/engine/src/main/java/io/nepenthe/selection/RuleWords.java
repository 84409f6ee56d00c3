package io.nepenthe.selection;

import io.nepenthe.suite.InclusionRule;
import io.nepenthe.suite.RegularizerRule;
import io.nepenthe.suite.ScoreRule;
import io.nepenthe.suite.SelectionSpec;
import io.nepenthe.wording.Words;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules of selection as sentences. */
final class RuleWords {
  private RuleWords() {}

  static String of(SelectionSpec rules, @Nullable String limitedBy, List<TimeLimit> limits) {
    return "The score is "
        + score(rules.score())
        + "; lower is better. A regularizer takes the one setting with the "
        + regularizer(rules.regularizers())
        + ". "
        + inclusion(rules.inclusion(), limitedBy, limits)
        + " Equal scores go to the fastest, then to the smallest ratio.";
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

  private static String inclusion(
      InclusionRule rule, @Nullable String limitedBy, List<TimeLimit> limits) {
    return switch (rule) {
      case NO_SLOWER_THAN_LIMIT ->
          limits.isEmpty()
              ? "The method that sets the time limit was not timed, so that time rules out no trial."
              : "Unlearning may take no longer than "
                  + limitedBy
                  + " on the same machine ("
                  + limits.stream()
                      .map(
                          limit ->
                              Words.number(limit.seconds()) + " s on " + limit.machine().words())
                      .collect(Collectors.joining("; "))
                  + "), unless a method always does.";
      case PERPLEXITY_BELOW_500_AND_MEMORIZED_BELOW_10 ->
          "Perplexity must be below 500 and, if a method has any such trial, % memorized below 10.";
      case ALL -> "Every trial that was measured may be chosen.";
    };
  }
}
