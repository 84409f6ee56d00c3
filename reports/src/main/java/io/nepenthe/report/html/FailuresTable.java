package io.nepenthe.report.html;

import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.report.view.TrialPages;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many stored trials of a task gave no number, those of one method and kind in a line. */
final class FailuresTable {
  private FailuresTable() {}

  static Table of(ReportModel report, String task) {
    List<Row> rows = new ArrayList<>();
    for (MethodView method : report.methods()) {
      Map<String, List<TrialOutcome>> kinds = new LinkedHashMap<>();
      for (TrialResult trial : report.trials(task, method)) {
        if (!trial.isValid()) {
          kinds
              .computeIfAbsent(TrialState.outcome(trial.outcome()), kind -> new ArrayList<>())
              .add(trial.outcome());
        }
      }
      String page = TrialPages.link(report, task, method);
      kinds.forEach(
          (kind, outcomes) ->
              rows.add(
                  Row.of(
                      method,
                      List.of(
                          Cell.text(kind),
                          Cell.number(outcomes.size()).linked(page),
                          Cell.prose(reason(outcomes))))));
    }
    return Table.of(
        "Trials without a result on " + task,
        Table.Order.SORTABLE,
        List.of(
            Column.text("Method"),
            Column.text("Outcome"),
            Column.number("Trials"),
            Column.text("Reason")),
        rows);
  }

  private static String reason(List<TrialOutcome> outcomes) {
    List<String> reasons = outcomes.stream().map(TrialOutcome::explanation).distinct().toList();
    return reasons.size() == 1
        ? reasons.get(0)
        : reasons.get(0) + " (and " + Words.count(reasons.size() - 1, "other reason") + ")";
  }
}
