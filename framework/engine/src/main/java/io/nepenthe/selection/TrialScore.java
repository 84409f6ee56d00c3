package io.nepenthe.selection;

import io.nepenthe.metric.Scores;
import io.nepenthe.suite.RegularizerRule;
import io.nepenthe.suite.ScoreRule;
import java.util.Objects;

/**
 * The score of a trial; lower is better (EVALUATION 5; UNLEARNING_DRIVER 6). A trial that has no
 * value for a part has the score NaN, and loses against every number.
 */
@FunctionalInterface
interface TrialScore {
  /** Added, in units of fractions, where memorization did not change. */
  double UNCHANGED_PENALTY = 100;

  /** Math: M - A. An unchanged memorization is not penalised. */
  TrialScore M_MINUS_A =
      (before, after) -> Change.memorization(before, after) - Change.accuracy(before, after);

  /** M + P, what language's score is without its penalty. */
  TrialScore M_PLUS_P =
      (before, after) -> Change.memorization(before, after) + Change.perplexity(before, after);

  /** Language and Pythia: M + P + t, t = 100 if M = 0. More memorization is not penalised. */
  TrialScore M_PLUS_P_PLUS_T =
      (before, after) ->
          M_PLUS_P.of(before, after)
              + (Change.memorization(before, after) == 0 ? UNCHANGED_PENALTY : 0);

  /**
   * Regularizers on math, Eq. 3 with the sign it must have: the highest accuracy - % memorized,
   * here turned round so that lower is better.
   */
  TrialScore ACCURACY_MINUS_MEMORIZED =
      (before, after) ->
          Change.memorizedPercent(after)
              - Objects.requireNonNullElse(after.accuracyPercent(), Double.NaN);

  /** Regularizers on language, Eq. 2: test perplexity + % memorized. */
  TrialScore PERPLEXITY_PLUS_MEMORIZED =
      (before, after) -> after.perplexity() + Change.memorizedPercent(after);

  /** Returns the score of a model after mitigation. */
  double of(Scores before, Scores after);

  /** Returns the strategy of that name. */
  static TrialScore of(ScoreRule rule) {
    return switch (rule) {
      case M_MINUS_A -> M_MINUS_A;
      case M_PLUS_P_PLUS_T -> M_PLUS_P_PLUS_T;
    };
  }

  /** Returns the same without penalties: 0 for a model left alone, below 0 for a better one. */
  static TrialScore withoutPenalty(ScoreRule rule) {
    return switch (rule) {
      case M_MINUS_A -> M_MINUS_A;
      case M_PLUS_P_PLUS_T -> M_PLUS_P;
    };
  }

  /** Returns the strategy of that name. */
  static TrialScore of(RegularizerRule rule) {
    return switch (rule) {
      case ACCURACY_MINUS_MEMORIZED -> ACCURACY_MINUS_MEMORIZED;
      case PERPLEXITY_PLUS_MEMORIZED -> PERPLEXITY_PLUS_MEMORIZED;
    };
  }
}
