package io.nepenthe.report.html;

import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.runstore.OriginalResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the tasks of a run are, and what their original models memorized. */
final class TasksTable {
  private TasksTable() {}

  static Table of(ReportModel report) {
    List<Row> rows = new ArrayList<>();
    for (String task : report.tasks()) {
      List<OriginalResult> originals = report.originals(task);
      String note = report.info().task(task).note();
      rows.add(
          Row.of(
              Cell.text(task),
              List.of(
                  Cell.prose(note.isEmpty() ? Numbers.MISSING : note),
                  Cell.text(weights(originals)),
                  Cell.text(forgetSets(originals)))));
    }
    return Table.of(
        "Tasks",
        Table.Order.FIXED,
        List.of(
            Column.text("Task"),
            Column.text("Data, model, training"),
            Column.number("Weights"),
            Column.text("Forget set by seed")),
        rows);
  }

  private static String weights(List<OriginalResult> originals) {
    return originals.isEmpty()
        ? Numbers.MISSING
        : String.format(Locale.ROOT, "%,d", originals.get(0).parameters());
  }

  private static String forgetSets(List<OriginalResult> originals) {
    return originals.isEmpty()
        ? Numbers.MISSING
        : originals.stream()
            .map(
                each ->
                    each.memorizedRows().size() + " of " + each.scores().memorization().eligible())
            .collect(Collectors.joining("; "));
  }
}
