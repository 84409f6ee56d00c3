package io.nepenthe.selection;

import io.nepenthe.runstore.TrialResult;

/** How good a valid trial is; lower is better. */
@FunctionalInterface
public interface SelectionRule {
  /**
   * Math: M - A, M and A the relative changes of % memorized and of mean accuracy, as fractions
   * (EVALUATION 5; UNLEARNING_DRIVER 6). An unchanged memorization is not penalised. A model that
   * memorized nothing before has M = 0 if it still does not.
   */
  SelectionRule MATH = SelectionRule::math;

  /** Returns the score of a valid trial. */
  double score(TrialResult trial);

  private static double math(TrialResult trial) {
    double before = Change.memorized(trial.before());
    double after = Change.memorized(trial.after());
    double memorization = before == 0 ? after : (after - before) / before;
    return memorization - Change.meanAccuracy(trial);
  }
}
