package io.nepenthe.report.html;

import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Footnotes of the table, and how many stored trials gave no number. */
final class HtmlFailures {
  private HtmlFailures() {}

  static String footnotes(ReportModel report) {
    if (report.footnotes().isEmpty()) {
      return "";
    }
    return report.footnotes().stream()
        .map(note -> "<li id=\"note-%s\">%s</li>\n".formatted(note.mark(), Html.text(note.text())))
        .collect(Collectors.joining("", "<ol class=\"notes\">\n", "</ol>\n"));
  }

  /**
   * Returns the failures of a task, those of one method and kind in a line; nothing without any.
   */
  static String of(ReportModel report, String task) {
    List<List<String>> rows = new ArrayList<>();
    for (MethodView method : report.methods()) {
      Map<String, List<TrialOutcome>> kinds = new LinkedHashMap<>();
      for (TrialResult trial : report.trials(task, method)) {
        if (!trial.isValid()) {
          kinds
              .computeIfAbsent(TrialState.outcome(trial.outcome()), kind -> new ArrayList<>())
              .add(trial.outcome());
        }
      }
      kinds.forEach((kind, outcomes) -> rows.add(row(report, task, method, kind, outcomes)));
    }
    return rows.isEmpty()
        ? ""
        : Html.table(
            "Trials without a result on " + task,
            List.of("Method", "Outcome", "Trials", "Reason"),
            rows);
  }

  private static List<String> row(
      ReportModel report,
      String task,
      MethodView method,
      String kind,
      List<TrialOutcome> outcomes) {
    List<String> reasons = outcomes.stream().map(TrialOutcome::explanation).distinct().toList();
    String more =
        reasons.size() == 1
            ? ""
            : " (and " + Numbers.count(reasons.size() - 1, "other reason") + ")";
    return List.of(
        Html.method(method),
        kind,
        TrialLinks.of(report, task, method, Integer.toString(outcomes.size())),
        Html.prose(reasons.get(0) + more));
  }
}
