package io.nepenthe.report.view;

import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Order;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.selection.Exclusion;
import io.nepenthe.selection.MethodSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many trials of a task each kind of reason kept out of the choice. */
public final class ExclusionTable {
  private ExclusionTable() {}

  public static Table of(ReportModel report, String task) {
    List<Row> rows = new ArrayList<>();
    report
        .selections(task)
        .forEach(
            (method, selected) ->
                counts(selected)
                    .forEach(
                        (kind, count) ->
                            rows.add(
                                Row.of(
                                    method,
                                    List.of(
                                        Cell.text(words(kind)),
                                        Cell.number(count)
                                            .linked(TrialPages.link(report, task, method)))))));
    return Table.of(
        "Trials left out of the choice on " + task,
        Order.SORTABLE,
        List.of(Column.text("Method"), Column.text("Reason"), Column.number("Trials")),
        rows);
  }

  /** Returns what a reader must know of the choice, a sentence for each method and note. */
  public static List<String> notes(ReportModel report, String task) {
    List<String> notes = new ArrayList<>();
    report
        .selections(task)
        .forEach(
            (method, selected) ->
                selected.notes().forEach(note -> notes.add(method.label() + ": " + note + ".")));
    return notes;
  }

  private static Map<Exclusion.Kind, Integer> counts(MethodSelection selected) {
    Map<Exclusion.Kind, Integer> counts = new TreeMap<>();
    selected.excluded().forEach(each -> counts.merge(each.kind(), 1, Integer::sum));
    return counts;
  }

  /** Returns a kind of reason in words. */
  private static String words(Exclusion.Kind kind) {
    return switch (kind) {
      case FAILED -> "failed";
      case INVALID -> "invalid";
      case TIMED_OUT -> "timed out";
      case NOT_APPLICABLE -> "not applicable";
      case SLOWER_THAN_LIMIT -> "slower than the time limit";
      case PERPLEXITY_TOO_HIGH -> "perplexity too high";
      case MEMORIZED_TOO_MUCH -> "memorized too much";
    };
  }
}
