package io.nepenthe.comparison;

import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.selection.BySeed;
import io.nepenthe.selection.MethodSelection;
import io.nepenthe.selection.ScoreStatistics;
import io.nepenthe.summary.MeasuredTimes;
import java.util.List;

/** Compares one method on one task in two runs. */
final class MethodComparison {
  private final Side before;
  private final Side after;
  private final Thresholds thresholds;

  MethodComparison(Side before, Side after, Thresholds thresholds) {
    this.before = before;
    this.after = after;
    this.thresholds = thresholds;
  }

  /** Returns what changed of a method that both runs have trials of. */
  MethodChange of(String task, String method) {
    MethodSelection was = before.method(task, method);
    MethodSelection is = after.method(task, method);
    String name = after.name(method);
    if (was.winners().isEmpty() || is.winners().isEmpty()) {
      return withoutResult(task, name, was, is);
    }
    ScoreStatistics scoresBefore = was.winnerScores();
    ScoreStatistics scoresAfter = is.winnerScores();
    Metric utility =
        scoresBefore.of(Metrics.ACCURACY) != null || scoresAfter.of(Metrics.ACCURACY) != null
            ? Metrics.ACCURACY
            : Metrics.PERPLEXITY;
    List<Difference> differences =
        List.of(
            metric(Metrics.MEMORIZED, scoresBefore, scoresAfter),
            metric(utility, scoresBefore, scoresAfter),
            time(was, is));
    List<Difference> others =
        Metrics.all().stream()
            .filter(metric -> metric != Metrics.MEMORIZED && metric != utility)
            .filter(metric -> scoresBefore.of(metric) != null && scoresAfter.of(metric) != null)
            .map(metric -> metric(metric, scoresBefore, scoresAfter))
            .toList();
    return MethodChange.of(
        task, method, name, differences, others, was.winners().keySet(), is.winners().keySet());
  }

  private static MethodChange withoutResult(
      String task, String name, MethodSelection was, MethodSelection is) {
    Verdict verdict =
        !was.winners().isEmpty()
            ? Verdict.WORSE
            : is.winners().isEmpty() ? Verdict.SAME : Verdict.BETTER;
    String note =
        switch (verdict) {
          case WORSE -> "has no result any more: " + reasons(is);
          case BETTER -> "has a result now";
          default -> "has a result in neither run";
        };
    return new MethodChange(task, was.method(), name, verdict, List.of(), List.of(), note);
  }

  private static String reasons(MethodSelection without) {
    return without.excluded().isEmpty() ? "no eligible trial" : without.excluded().get(0).reason();
  }

  private Difference metric(
      Metric metric, ScoreStatistics scoresBefore, ScoreStatistics scoresAfter) {
    Quantity quantity = Quantity.of(metric);
    BySeed was = scoresBefore.of(metric);
    BySeed is = scoresAfter.of(metric);
    return was == null || is == null
        ? Difference.incomparable(quantity, "not applicable in one of the runs")
        : new PairedSeeds(quantity, thresholds.scores(), 0).compare(was.values(), is.values());
  }

  /** Only times that were taken in one way on one class of machines compare. */
  private Difference time(MethodSelection was, MethodSelection is) {
    List<MeasuredTimes> timesAfter = after.times(is);
    for (MeasuredTimes one : before.times(was)) {
      for (MeasuredTimes other : timesAfter) {
        if (one.machine().equals(other.machine()) && one.source().equals(other.source())) {
          return new PairedSeeds(Quantity.TIME, thresholds.times(), Thresholds.CLOCK_SECONDS)
              .compare(one.seconds(), other.seconds())
              .noted(disturbance("before", one))
              .noted(disturbance("after", other));
        }
      }
    }
    return Difference.incomparable(
        Quantity.TIME, "not timed in the same way on one class of machines");
  }

  private static String disturbance(String when, MeasuredTimes times) {
    return times.disturbance().isEmpty() ? "" : when + ", " + times.disturbance();
  }
}
