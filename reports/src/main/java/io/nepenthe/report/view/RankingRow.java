package io.nepenthe.report.view;

import io.nepenthe.selection.BySeed;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.statistics.Comparison;
import io.nepenthe.statistics.Interval;
import io.nepenthe.statistics.PairedTest;
import io.nepenthe.statistics.Ranking;
import io.nepenthe.statistics.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of a ranking, ready to be printed.
 *
 * @param method whose
 * @param cells plain texts, one per column
 */
public record RankingRow(MethodView method, List<String> cells) {
  /** Headings right of the method's name. */
  public static final List<String> COLUMNS =
      List.of(
          "Place",
          "Tie group",
          "Mean score",
          "95 % interval",
          "Seeds",
          "Adjusted p",
          "Wilcoxon p",
          "Note");

  private static final String CONTROL = "control";
  private static final int DECIMALS = 3;

  /** Copies the list. */
  public RankingRow {
    cells = List.copyOf(cells);
  }

  /** Returns the ranking of a task, controls below it. */
  public static List<RankingRow> of(ReportModel report, TaskSelection selection) {
    List<RankingRow> lines = new ArrayList<>();
    for (Ranking.Place place : selection.ranking().places()) {
      method(report, place.id())
          .ifPresent(method -> lines.add(new RankingRow(method, cells(place))));
    }
    for (TaskSelection.Control control : selection.controls()) {
      method(report, control.method())
          .ifPresent(method -> lines.add(new RankingRow(method, cells(control.score()))));
    }
    return lines;
  }

  private static Optional<MethodView> method(ReportModel report, String id) {
    return report.methods().stream().filter(each -> each.id().equals(id)).findFirst();
  }

  private static List<String> cells(Ranking.Place place) {
    Comparison comparison = place.comparison();
    PairedTest test = comparison == null ? null : comparison.test();
    String note = comparison == null ? place.note() : comparison.note();
    return List.of(
        Integer.toString(place.place()),
        letter(place.group()),
        Numbers.decimal(place.score().mean(), DECIMALS),
        interval(place.score()),
        Integer.toString(place.seeds().size()),
        p(comparison == null ? null : comparison.adjustedP()),
        p(test == null ? null : test.wilcoxonP()),
        note);
  }

  private static List<String> cells(@Nullable BySeed control) {
    return List.of(
        CONTROL,
        Numbers.MISSING,
        control == null ? Numbers.MISSING : Numbers.decimal(control.statistic().mean(), DECIMALS),
        control == null ? Numbers.MISSING : interval(control.statistic()),
        control == null ? "0" : Integer.toString(control.values().size()),
        Numbers.MISSING,
        Numbers.MISSING,
        "");
  }

  private static String interval(Statistic score) {
    Interval interval = score.interval();
    return interval == null
        ? Numbers.MISSING
        : Numbers.decimal(interval.low(), DECIMALS)
            + " to "
            + Numbers.decimal(interval.high(), DECIMALS);
  }

  /** Returns A, B, ..., Z, AA, ... */
  public static String letter(int group) {
    String last = Character.toString((char) ('A' + (group - 1) % 26));
    return group <= 26 ? last : letter((group - 1) / 26) + last;
  }

  /** Returns a p-value with the digits that matter. */
  public static String p(@Nullable Double p) {
    if (p == null) {
      return Numbers.MISSING;
    }
    return p > 0 && p < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }

  /** Returns what the columns mean, the same for every task. */
  public static String explanation() {
    return "Methods stand in the order of the mean score of their chosen trials. The best is compared"
        + " with every other, paired by seed (two-sided paired t-test, p adjusted by Holm). Those"
        + " that follow it share its place, up to the first that is significantly worse (p below "
        + Ranking.LEVEL
        + "); from there on the rest is ranked in the same way. The adjusted p is against the first"
        + " of the same group; that of a group's first, against the first of the group before. The"
        + " p of the exact Wilcoxon signed-rank test, not adjusted, stands beside it as information."
        + " Controls take no place.";
  }
}
