package io.nepenthe.report.html;

import io.nepenthe.report.view.BeforeAfter;
import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.RepeatCommand;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.runstore.OriginalResult;
import java.util.ArrayList;
import java.util.List;

/** The page of the original models of one task, one per seed. */
final class OriginalsPage {
  /** Digits of a hash that are shown. */
  private static final int SHOWN = 12;

  private OriginalsPage() {}

  static TrialPage of(ReportModel report, String task, MethodView method, ResultLinks files) {
    Machines machines = new Machines();
    Measure utility = report.utility(task);
    List<Row> rows = new ArrayList<>();
    List<String> commands = new ArrayList<>();
    for (OriginalResult original : report.originals(task)) {
      commands.add(RepeatCommand.training(report.info(), task, original.seed()));
      rows.add(
          Row.of(
              Cell.number(original.seed()).linked(files.original(original.id())),
              List.of(
                  Cell.text(BeforeAfter.value(original.scores(), Measure.MEMORIZED)),
                  Cell.text(BeforeAfter.value(original.scores(), utility)),
                  Cell.text(Numbers.decimal(original.trainingSeconds(), Measure.SECONDS)),
                  hash(original.checkpointHash()),
                  machines.link(original.provenance()))));
    }
    Table table =
        Table.of(
            "Original models",
            Table.Order.SORTABLE,
            List.of(
                Column.number("Seed"),
                Column.number("Memorized (%)"),
                Column.number(BeforeAfter.heading(utility)),
                Column.number("Training (s)"),
                Column.text("SHA-256 of the weights"),
                Column.text("Machine")),
            rows);
    return new TrialPage(
        report.info().suite(),
        method.label() + " on " + task,
        ("The models before any method, one per seed. " + RepeatCommand.legend(report.info()))
            .strip(),
        List.of(new TrialPage.Part("seeds", "Seeds", commands, table)),
        machines.table());
  }

  private static Cell hash(String hash) {
    return hash.length() <= SHOWN
        ? Cell.code(hash)
        : Cell.code(hash.substring(0, SHOWN) + "…").shortened(hash);
  }
}
