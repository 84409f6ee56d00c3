package io.nepenthe.report.html;

import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.Exclusion;
import io.nepenthe.selection.MethodSelection;
import io.nepenthe.selection.Winner;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What became of the trials of a method on a task: chosen, eligible, left out, without result. */
final class TrialState {
  private final Set<String> chosen = new HashSet<>();
  private final Map<String, Exclusion> excluded = new HashMap<>();

  TrialState(ReportModel report, String task, MethodView method) {
    report
        .row(task, method)
        .ifPresent(row -> row.winners().values().stream().map(Winner::trial).forEach(chosen::add));
    report.selection(task).flatMap(each -> each.of(method.id())).ifPresent(this::add);
  }

  private void add(MethodSelection selected) {
    selected.excluded().forEach(each -> excluded.put(each.trial(), each));
  }

  /** Returns the state in words, with its reason. */
  String of(TrialResult trial) {
    if (!trial.isValid()) {
      return outcome(trial.outcome()) + ": " + trial.outcome().explanation();
    }
    if (isChosen(trial)) {
      return "chosen";
    }
    Exclusion exclusion = excluded.get(trial.id());
    return exclusion == null ? "eligible" : "left out: " + exclusion.reason();
  }

  boolean isChosen(TrialResult trial) {
    return chosen.contains(trial.id());
  }

  static String outcome(TrialOutcome outcome) {
    if (outcome instanceof TrialOutcome.Invalid) {
      return "invalid";
    }
    if (outcome instanceof TrialOutcome.TimedOut) {
      return "timed out";
    }
    return outcome instanceof TrialOutcome.NotApplicable ? "not applicable" : "failed";
  }
}
