package io.nepenthe.report.html;

import io.nepenthe.report.view.BeforeAfter;
import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.report.view.TrialPages;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.Winner;
import io.nepenthe.summary.SummaryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The trial chosen for each method and seed: its settings, what it changed and where it is. */
final class WinnersTable {
  private final ReportModel report;
  private final String task;
  private final Measure utility;

  private WinnersTable(ReportModel report, String task) {
    this.report = report;
    this.task = task;
    utility = report.utility(task);
  }

  static Table of(ReportModel report, String task) {
    return new WinnersTable(report, task).table();
  }

  private Table table() {
    List<Row> rows = new ArrayList<>();
    for (MethodView method : report.methods()) {
      Map<Long, Winner> winners =
          report.row(task, method).map(SummaryRow::winners).orElse(Map.of());
      new TreeMap<>(winners)
          .forEach((seed, winner) -> rows.add(Row.of(method, cells(method, seed, winner))));
    }
    return Table.of(
        "Chosen trials on " + task + ": before → after",
        Table.Order.SORTABLE,
        List.of(
            Column.text("Method"),
            Column.number("Seed"),
            Column.text("Settings"),
            Column.number("Memorized (%)"),
            Column.number(BeforeAfter.heading(utility)),
            Column.number("Time (s)"),
            Column.text("Trial")),
        rows);
  }

  private List<Cell> cells(MethodView method, long seed, Winner winner) {
    Optional<TrialResult> trial = report.trial(winner.trial());
    return List.of(
        Cell.number(seed),
        Cell.settings(winner.hyperparameters()),
        Cell.text(trial.map(BeforeAfter::memorized).orElse(Numbers.MISSING)),
        Cell.text(trial.map(each -> BeforeAfter.of(each, utility)).orElse(Numbers.MISSING)),
        Cell.text(
            trial
                .filter(each -> isTimed(method))
                .map(report.seconds()::of)
                .orElse(Numbers.MISSING)),
        TrialPages.trial(report, task, method, winner.trial()));
  }

  /** Returns false where the times are of another class of machines than the tables'. */
  private boolean isTimed(MethodView method) {
    return report.row(task, method).filter(row -> row.seconds() != null).isPresent();
  }
}
