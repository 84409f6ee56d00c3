package io.nepenthe.report.view;

import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Order;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.selection.BySeed;
import io.nepenthe.selection.MethodSelection;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.statistics.Comparison;
import io.nepenthe.statistics.PairedTest;
import io.nepenthe.statistics.Ranking;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the methods of a task rank, controls below them. */
public final class RankingTable {
  /** How methods come to share a place, the same wherever they are ranked. */
  public static final String RULE =
      "All pairs of methods are tested at once (two-sided paired t-tests over seeds, p adjusted by"
          + " Holm over all pairs), so that false splits of equal methods are at most 5 %. Methods"
          + " share the place and tie group of the first of it, up to the one that is significantly"
          + " worse than that first (p below "
          + Ranking.LEVEL
          + "), which begins the next. So methods of one place were not told from its first. One of a"
          + " lower place was told from the first of the place above, but not always from the best:"
          + " see its own p.";

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("Method"),
          Column.number("Place"),
          Column.text("Tie group"),
          Column.number("Mean score"),
          Column.text("95 % interval"),
          Column.number("One setting, held out"),
          Column.number("Seeds"),
          Column.number("p against its place’s first"),
          Column.number("p against the best"),
          Column.number("Wilcoxon p"),
          Column.text("Note"));

  private static final String CONTROL = "control";
  private static final int DECIMALS = 3;

  private RankingTable() {}

  public static Table of(ReportModel report, TaskSelection selection) {
    List<Row> rows = new ArrayList<>();
    for (Ranking.Place place : selection.ranking().places()) {
      report
          .method(place.id())
          .ifPresent(
              each ->
                  rows.add(Row.of(each, cells(selection, place, page(report, selection, each)))));
    }
    for (TaskSelection.Control control : selection.controls()) {
      report
          .method(control.method())
          .ifPresent(
              each ->
                  rows.add(Row.of(each, cells(selection, control, page(report, selection, each)))));
    }
    return Table.of("Ranking on " + selection.task(), Order.SORTABLE, COLUMNS, rows);
  }

  private static String page(ReportModel report, TaskSelection selection, MethodView method) {
    return TrialPages.link(report, selection.task(), method);
  }

  private static String note(TaskSelection selection, Ranking.Place place) {
    Comparison comparison = place.comparison();
    String gain = selection.of(place.id()).map(MethodSelection::noBetterInWords).orElse("");
    return Words.joined(gain, comparison == null ? place.note() : comparison.note());
  }

  /** Returns the score of the one setting for all seeds on the rows that did not choose it. */
  private static Cell heldOut(TaskSelection selection, String method) {
    return selection
        .of(method)
        .map(MethodSelection::shared)
        .map(shared -> shared.holdout().score())
        .map(score -> score(score.statistic()))
        .orElseGet(Cell::missing);
  }

  private static List<Cell> cells(TaskSelection selection, Ranking.Place place, String page) {
    Comparison comparison = place.comparison();
    PairedTest test = comparison == null ? null : comparison.test();
    String note = note(selection, place);
    return List.of(
        Cell.number(place.place()),
        Cell.text(letter(place.group())).sortedBy(place.group()),
        score(place.score()).linked(page),
        interval(place.score()),
        heldOut(selection, place.id()),
        Cell.number(place.seeds().size()),
        Cell.text(p(comparison == null ? null : comparison.adjustedP())),
        Cell.text(p(place.withBest() == null ? null : place.withBest().adjustedP())),
        Cell.text(p(test == null ? null : test.wilcoxonP())),
        note.isEmpty() ? Cell.text(note) : Cell.prose(note));
  }

  private static List<Cell> cells(TaskSelection selection, TaskSelection.Control of, String page) {
    BySeed control = of.score();
    return List.of(
        Cell.text(CONTROL),
        Cell.missing(),
        control == null ? Cell.missing() : score(control.statistic()).linked(page),
        control == null ? Cell.missing() : interval(control.statistic()),
        heldOut(selection, of.method()),
        Cell.number(control == null ? 0 : control.values().size()),
        Cell.missing(),
        Cell.missing(),
        Cell.missing(),
        Cell.text(""));
  }

  private static Cell score(Statistic score) {
    return Cell.text(Numbers.decimal(score.mean(), DECIMALS)).sortedBy(score.mean());
  }

  private static Cell interval(Statistic score) {
    return score.interval() == null
        ? Cell.missing()
        : Cell.text(Numbers.interval(score, DECIMALS)).sortedBy(score.interval().low());
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
    return "Methods stand in the order of the mean score of their chosen trials, which are each"
        + " seed’s best on the very rows that are reported. Beside it stands the score of one setting"
        + " for all seeds, chosen on one half of these rows and held to the other. "
        + RULE
        + " The adjusted p is against the first of the same group; that of a group's first, against"
        + " the first of the group before. The p of the exact Wilcoxon signed-rank test, not"
        + " adjusted, stands beside it as information. Controls take no place.";
  }
}
