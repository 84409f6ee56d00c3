package io.nepenthe.report.view;

import io.nepenthe.metric.Scores;
import io.nepenthe.runstore.TrialResult;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

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
  /** Of the artifacts, at the target. */
  public static final double TARGET_MEMORIZED_PERCENT = 5;

  /** Of the original model's utility, at the target. */
  public static final double TARGET_LOSS_PERCENT = 5;

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
  static Map<Long, Effect> bySeed(ReportModel report, String task, MethodView method) {
    Map<Long, Effect> effects = new TreeMap<>();
    for (TrialResult trial : report.winners(task, method)) {
      of(trial, report.utility(task))
          .ifPresent(effect -> effects.put(trial.identity().seed(), effect));
    }
    return effects;
  }

  /** Returns what a method's chosen trials changed, one per seed. */
  public static List<Effect> ofWinners(ReportModel report, String task, MethodView method) {
    return List.copyOf(bySeed(report, task, method).values());
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

  /** Returns true if the original model memorized more than the target allows. */
  boolean startsAboveTarget() {
    return isAboveTarget(memorizedBefore);
  }

  static boolean isAboveTarget(double memorizedPercent) {
    return memorizedPercent > TARGET_MEMORIZED_PERCENT;
  }

  /** Returns true if little is memorized, and the utility is hardly worse, after. */
  boolean reachesTarget(Measure utility) {
    return memorizedAfter <= TARGET_MEMORIZED_PERCENT
        && utilityLoss(utility) <= TARGET_LOSS_PERCENT;
  }
}
