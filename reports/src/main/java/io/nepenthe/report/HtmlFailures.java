package io.nepenthe.report;

import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Footnotes of the table, and every stored trial that gave no number. */
final class HtmlFailures {
  private HtmlFailures() {}

  static String footnotes(Report report) {
    if (report.footnotes().isEmpty()) {
      return "";
    }
    return report.footnotes().stream()
        .map(note -> "<li id=\"note-%s\">%s</li>\n".formatted(note.mark(), Html.text(note.text())))
        .collect(Collectors.joining("", "<ol class=\"notes\">\n", "</ol>\n"));
  }

  static String of(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (TrialResult trial : report.run().trials()) {
      if (!trial.isValid()) {
        rows.add(row(report, trial));
      }
    }
    if (rows.isEmpty()) {
      return "<p>No stored trial failed.</p>\n";
    }
    return Html.table(
        "Trials without a result",
        List.of("Method", "Task", "Seed", "Settings", "Outcome", "Reason", "Trial"),
        rows);
  }

  private static List<String> row(Report report, TrialResult trial) {
    Optional<Method> method =
        report.methods().stream()
            .filter(each -> each.id().equals(trial.identity().method()))
            .findFirst();
    return List.of(
        method.map(Html::method).orElseGet(() -> Html.text(trial.methodName())),
        Html.text(trial.identity().task()),
        Long.toString(trial.identity().seed()),
        Html.settings(trial.identity().hyperparameters()),
        outcome(trial.outcome()),
        Html.prose(trial.outcome().explanation()),
        HtmlWinners.link(trial.id()));
  }

  private static String outcome(TrialOutcome outcome) {
    if (outcome instanceof TrialOutcome.Invalid) {
      return "invalid";
    }
    if (outcome instanceof TrialOutcome.TimedOut) {
      return "timed out";
    }
    return outcome instanceof TrialOutcome.NotApplicable ? "not applicable" : "failed";
  }
}
