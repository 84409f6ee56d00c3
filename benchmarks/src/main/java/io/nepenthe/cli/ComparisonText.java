package io.nepenthe.cli;

import io.nepenthe.comparison.Difference;
import io.nepenthe.comparison.MethodChange;
import io.nepenthe.comparison.RunComparison;
import io.nepenthe.comparison.SameTrials;
import io.nepenthe.comparison.Verdict;
import io.nepenthe.statistics.Interval;
import io.nepenthe.wording.Words;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What changed between two runs, as plain text, for a terminal. */
final class ComparisonText {
  private final StringBuilder text = new StringBuilder();
  private final int width;

  private ComparisonText(RunComparison comparison) {
    width = comparison.changes().stream().mapToInt(each -> each.name().length()).max().orElse(0);
  }

  static String of(RunComparison comparison) {
    ComparisonText text = new ComparisonText(comparison);
    String task = "";
    for (MethodChange change : comparison.changes()) {
      if (!change.task().equals(task)) {
        task = change.task();
        text.line("%s%s", text.text.isEmpty() ? "" : System.lineSeparator(), task);
      }
      text.change(change);
    }
    text.line("");
    comparison.incomparable().forEach(each -> text.line("not compared: %s", each));
    comparison.onlyBefore().forEach(each -> text.line("gone, only in A: %s", each));
    comparison.onlyAfter().forEach(each -> text.line("only in B: %s", each));
    text.sameTrials(comparison.sameTrials());
    text.total(comparison);
    return text.text.toString();
  }

  private void sameTrials(SameTrials trials) {
    if (trials.count() > 0) {
      line(
          "%s of one identity in both, %d left the same weights",
          Words.count(trials.count(), "trial"), trials.equal());
    }
  }

  /** One line for a method; below it, what is worse, better or needs a word. */
  private void change(MethodChange change) {
    StringBuilder means = new StringBuilder();
    change.differences().forEach(each -> means.append(String.format("  %-30s", means(each))));
    line(
        "%s",
        String.format("%-" + width + "s  %-12s%s", change.name(), change.verdict().id(), means)
            .stripTrailing());
    if (!change.note().isEmpty()) {
      line("    %s", change.note());
    }
    Stream.concat(change.differences().stream(), change.others().stream())
        .filter(each -> each.verdict() != Verdict.SAME || !each.note().isEmpty())
        .forEach(
            each ->
                line(
                    "    %s: %s%s%s",
                    each.quantity().words(),
                    each.verdict().id(),
                    change(each),
                    each.note().isEmpty() ? "" : "; " + each.note()));
  }

  private static String means(Difference difference) {
    return difference.before() == null && difference.after() == null
        ? "-"
        : difference.quantity().words()
            + " "
            + number(difference.before())
            + " -> "
            + number(difference.after());
  }

  private static String change(Difference difference) {
    if (difference.change() == null) {
      return "";
    }
    String unit = difference.quantity().isRelative() ? " %" : " points";
    Interval interval = difference.interval();
    return String.format(Locale.ROOT, ", %+.2f%s", difference.change(), unit)
        + (interval == null
            ? ""
            : String.format(Locale.ROOT, " (%+.2f to %+.2f)", interval.low(), interval.high()));
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, value < 1 ? "%.4f" : "%.2f", value);
  }

  private void total(RunComparison comparison) {
    line(
        "%d worse, %s%d better, %d the same, %d not comparable (thresholds: %s for scores, %s %% for"
            + " times)",
        count(comparison, Verdict.WORSE),
        comparison.onlyBefore().isEmpty() ? "" : comparison.onlyBefore().size() + " gone, ",
        count(comparison, Verdict.BETTER),
        count(comparison, Verdict.SAME),
        count(comparison, Verdict.INCOMPARABLE),
        comparison.thresholds().scores(),
        comparison.thresholds().times());
  }

  private static long count(RunComparison comparison, Verdict verdict) {
    return comparison.changes().stream().filter(each -> each.verdict() == verdict).count();
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
