package io.nepenthe.report.view;

import io.nepenthe.metric.Scores;
import io.nepenthe.runstore.TrialResult;
import org.jspecify.annotations.Nullable;

/** What a trial changed, printed as "before → after". */
public final class BeforeAfter {
  private BeforeAfter() {}

  public static String memorized(TrialResult trial) {
    return of(trial, Measure.MEMORIZED);
  }

  public static String of(TrialResult trial, Measure measure) {
    return value(trial.before(), measure) + " → " + value(trial.after(), measure);
  }

  /** Returns one of the measures that the tables show of a model. */
  public static String value(@Nullable Scores scores, Measure measure) {
    return scores == null ? Numbers.MISSING : Numbers.decimal(measure.of(scores), measure);
  }

  /** Returns the heading of a column of a task's utility. */
  public static String heading(Measure utility) {
    return utility == Measure.ACCURACY ? "Accuracy (%)" : "Perplexity";
  }
}
