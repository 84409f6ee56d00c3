package io.nepenthe.report.view;

import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Order;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.selection.BySeed;
import io.nepenthe.selection.ScoreStatistics;
import io.nepenthe.selection.SharedSetting;
import java.util.ArrayList;
import java.util.List;

/** Each method's one setting for all seeds. */
public final class SharedTable {
  /** Says what the table holds. */
  public static final String CAPTION =
      "One setting for all seeds, chosen on the validation half of the evaluation rows; scores on"
          + " the holdout half, which had no part in the choice";

  private SharedTable() {}

  /** Returns a table of the methods of a task that have a shared setting. */
  public static Table of(ReportModel report, String task) {
    Measure utility = report.utility(task);
    List<Row> rows = new ArrayList<>();
    report
        .selections(task)
        .forEach(
            (method, selected) -> {
              SharedSetting shared = selected.shared();
              if (shared != null) {
                String page = TrialPages.link(report, task, method);
                rows.add(Row.of(method, cells(shared, utility, page)));
              }
            });
    return Table.of(
        CAPTION + ": " + task,
        Order.SORTABLE,
        List.of(
            Column.text("Method"),
            Column.text("Settings"),
            Column.number("Seeds"),
            Column.number(Measure.MEMORIZED.title()),
            Column.number(utility.title()),
            Column.number("Score"),
            Column.text("Note")),
        rows);
  }

  private static List<Cell> cells(SharedSetting shared, Measure utility, String page) {
    ScoreStatistics holdout = shared.holdout();
    return List.of(
        Cell.settings(shared.hyperparameters()),
        Cell.number(shared.trials().size()),
        cell(holdout, Measure.MEMORIZED).linked(page),
        cell(holdout, utility),
        holdout.score() == null
            ? Cell.missing()
            : Cell.text(Numbers.decimal(holdout.score().statistic().mean(), 3))
                .sortedBy(holdout.score().statistic().mean()),
        Cell.text(shared.note()));
  }

  private static Cell cell(ScoreStatistics holdout, Measure measure) {
    BySeed values = holdout.metrics().byId().get(measure.id());
    return values == null ? Cell.missing() : Cell.of(measure, values.statistic());
  }
}
