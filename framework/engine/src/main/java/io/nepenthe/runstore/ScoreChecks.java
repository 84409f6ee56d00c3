package io.nepenthe.runstore;

import io.nepenthe.exchange.TrialTime;
import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.RepeatClass;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.metric.SplitScores;
import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.OriginalResult.CurvePoint;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the numbers of a result can be true of each other. */
final class ScoreChecks {
  private static final double ROUNDING = 1e-6;

  private ScoreChecks() {}

  /** Returns the first mistake in the numbers of a trial, empty if there is none. */
  static Optional<String> mistake(TrialResult trial) {
    return Stream.concat(
            mistakes("before", trial.before(), trial.beforeSplit(), List.of()),
            Stream.concat(
                mistakes("after", trial.after(), trial.afterSplit(), trial.curve()), effort(trial)))
        .findFirst();
  }

  /** Returns the first mistake in the numbers of a base measurement, empty if there is none. */
  static Optional<String> mistake(OriginalResult original) {
    return Stream.concat(
            mistakes("scores", original.scores(), original.split(), original.curve()),
            forgetSet(original))
        .findFirst();
  }

  private static Stream<String> forgetSet(OriginalResult original) {
    int counted = original.scores().memorization().memorized();
    int listed = original.memorizedRows().size();
    return counted == listed
        ? Stream.empty()
        : Stream.of(counted + " rows are memorized, and " + listed + " are listed");
  }

  private static Stream<String> effort(TrialResult trial) {
    TrialTime time = trial.time();
    boolean isAfterTraining =
        trial.family() == Family.UNLEARNING || trial.family() == Family.FINE_TUNING;
    if (time != null && (!time.isPossible() || (isAfterTraining && time.seconds() < 0))) {
      return Stream.of("no method takes " + time);
    }
    Long changed = trial.changedEntries();
    return changed != null && changed < 0
        ? Stream.of(changed + " entries were changed")
        : Stream.empty();
  }

  private static Stream<String> mistakes(
      String what, @Nullable Scores all, @Nullable SplitScores halves, List<CurvePoint> curve) {
    Stream<@Nullable Scores> ofHalves =
        halves == null ? Stream.of() : Stream.of(halves.validation(), halves.holdout());
    return Stream.concat(
            Stream.concat(Stream.of(all).filter(Objects::nonNull), ofHalves),
            curve.stream().map(CurvePoint::scores))
        .flatMap(scores -> mistakes(Objects.requireNonNull(scores)))
        .map(mistake -> what + ": " + mistake);
  }

  private static Stream<String> mistakes(Scores scores) {
    return Stream.concat(
        counts(scores), Metrics.all().stream().flatMap(each -> range(each, scores)));
  }

  private static Stream<String> counts(Scores scores) {
    RowCounts counts = scores.memorization();
    List<RepeatClass> classes = counts.classes();
    Double stated = scores.memorizedPercent();
    Double counted = counts.percent();
    String words = counts.memorized() + " of " + counts.eligible() + " rows are memorized";
    boolean adds = isPart(counts.memorized(), counts.eligible()) && isSum(counts, classes);
    if (!adds) {
      return Stream.of(words + ", by classes " + classes);
    }
    boolean agree =
        (stated == null || counted == null)
            ? Objects.equals(stated, counted)
            : isClose(stated, counted);
    return agree ? Stream.empty() : Stream.of(words + ", and that is called " + stated + " %");
  }

  private static boolean isPart(int part, int whole) {
    return part >= 0 && part <= whole;
  }

  private static boolean isPossible(RepeatClass each) {
    return isPart(each.memorized(), each.eligible()) && each.eligible() <= each.rows();
  }

  private static boolean isSum(RowCounts counts, @Nullable List<RepeatClass> classes) {
    if (classes == null) {
      return true;
    }
    return classes.stream().allMatch(ScoreChecks::isPossible)
        && counts.memorized() == classes.stream().mapToInt(RepeatClass::memorized).sum()
        && counts.eligible() == classes.stream().mapToInt(RepeatClass::eligible).sum();
  }

  private static Stream<String> range(Metric metric, Scores scores) {
    Double value = scores.of(metric);
    double lowest = metric.unit().lowest();
    double highest = metric.unit().highest();
    boolean isWithin =
        value == null
            || Double.isNaN(value)
            || (value >= lowest - ROUNDING * Math.abs(lowest)
                && value <= highest + ROUNDING * Math.abs(highest));
    return isWithin
        ? Stream.empty()
        : Stream.of(
            String.format(
                Locale.ROOT, "%s is %s, not in [%s, %s]", metric.name(), value, lowest, highest));
  }

  /** Returns true if two measurements can be of one model: metrics only one has do not count. */
  static boolean areOfOneModel(Scores one, Scores other) {
    return one.memorization().equals(other.memorization())
        && Metrics.all().stream()
            .allMatch(
                metric -> {
                  Double a = one.of(metric);
                  Double b = other.of(metric);
                  return a == null || b == null || isClose(a, b);
                });
  }

  private static boolean isClose(double a, double b) {
    return Double.compare(a, b) == 0
        || Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));
  }
}
