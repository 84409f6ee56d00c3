package io.nepenthe.report.view;

import io.nepenthe.metric.Scores;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.summary.SummaryRow;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one trial changed.
 *
 * @param memorizedBefore per cent of the artifacts
 * @param memorizedAfter per cent of the artifacts
 * @param utilityBefore accuracy in per cent, or perplexity
 * @param utilityAfter the same of the mitigated model
 */
public record Effect(
    double memorizedBefore, double memorizedAfter, double utilityBefore, double utilityAfter) {
  /** Returns what a trial changed, empty if it is not valid or lacks a value. */
  static Optional<Effect> of(TrialResult trial, Measure utility) {
    Scores after = trial.after();
    if (after == null) {
      return Optional.empty();
    }
    Effect effect =
        new Effect(
            value(trial.before(), Measure.MEMORIZED),
            value(after, Measure.MEMORIZED),
            value(trial.before(), utility),
            value(after, utility));
    return effect.isFinite() ? Optional.of(effect) : Optional.empty();
  }

  /** Returns what a method's chosen trials changed, by seed. */
  public static List<Effect> ofWinners(ReportModel report, String task, MethodView method) {
    return report.row(task, method).map(SummaryRow::winners).stream()
        .flatMap(winners -> winners.values().stream())
        .flatMap(winner -> report.trial(winner.trial()).stream())
        .flatMap(trial -> of(trial, report.utility(task)).stream())
        .toList();
  }

  private static double value(Scores scores, Measure measure) {
    return Objects.requireNonNullElse(measure.of(scores), Double.NaN);
  }

  private boolean isFinite() {
    return Double.isFinite(memorizedBefore + memorizedAfter + utilityBefore + utilityAfter)
        && utilityBefore > 0;
  }

  /** Returns the relative change in per cent, NaN if nothing was memorized before. */
  public double memorizedChange() {
    return memorizedBefore == 0
        ? Double.NaN
        : 100 * (memorizedAfter - memorizedBefore) / memorizedBefore;
  }

  /** Returns accuracy's relative change in per cent, or perplexity's factor. */
  public double utilityChange(Measure utility) {
    return utility == Measure.ACCURACY
        ? 100 * (utilityAfter - utilityBefore) / utilityBefore
        : utilityAfter / utilityBefore;
  }

  /** Returns by how many per cent of the original's the utility is worse; negative if better. */
  public double utilityLoss(Measure utility) {
    double change = utilityChange(utility);
    return utility == Measure.ACCURACY ? -change : 100 * (change - 1);
  }
}
