package io.nepenthe.report.html;

import io.nepenthe.report.view.BeforeAfter;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.SharedRow;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.Winner;
import io.nepenthe.summary.SummaryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The trial chosen for each method and seed: its settings, what it changed and where it is. */
final class HtmlWinners {
  /** Column of the table of shared settings: method, settings, seeds, this. */
  private static final int MEMORIZED = 3;

  private final ReportModel report;
  private final String task;
  private final Measure utility;

  private HtmlWinners(ReportModel report, String task) {
    this.report = report;
    this.task = task;
    utility = report.utility(task);
  }

  static String of(ReportModel report, String task) {
    HtmlWinners winners = new HtmlWinners(report, task);
    return "<details open>\n<summary>%s</summary>\n%s</details>\n"
        .formatted(Html.text(task), winners.chosen() + winners.shared());
  }

  private String chosen() {
    List<List<String>> rows = new ArrayList<>();
    for (MethodView method : report.methods()) {
      Map<Long, Winner> winners =
          report.row(task, method).map(SummaryRow::winners).orElse(Map.of());
      new TreeMap<>(winners).forEach((seed, winner) -> rows.add(row(method, seed, winner)));
    }
    return Html.table(
        "Chosen trials on " + task + ": before → after",
        List.of(
            "Method",
            "Seed",
            "Settings",
            "Memorized (%)",
            BeforeAfter.heading(utility),
            "Time (s)",
            "Trial"),
        rows);
  }

  private String shared() {
    List<String> headings = new ArrayList<>(List.of("Method", "Settings"));
    headings.addAll(SharedRow.columns(report, task));
    List<List<String>> rows = new ArrayList<>();
    for (SharedRow shared : SharedRow.of(report, task)) {
      List<String> row =
          new ArrayList<>(
              List.of(Html.method(shared.method()), Html.settings(shared.hyperparameters())));
      shared.cells().forEach(cell -> row.add(Html.text(cell)));
      row.set(MEMORIZED, TrialLinks.of(report, task, shared.method(), row.get(MEMORIZED)));
      rows.add(row);
    }
    return rows.isEmpty() ? "" : Html.table(SharedRow.CAPTION + ": " + task, headings, rows);
  }

  private List<String> row(MethodView method, long seed, Winner winner) {
    Optional<TrialResult> trial = report.trial(winner.trial());
    return List.of(
        Html.method(method),
        Long.toString(seed),
        Html.settings(winner.hyperparameters()),
        trial.map(BeforeAfter::memorized).orElse(Numbers.MISSING),
        trial.map(each -> BeforeAfter.of(each, utility)).orElse(Numbers.MISSING),
        trial.filter(each -> isTimed(method)).map(report.seconds()::of).orElse(Numbers.MISSING),
        TrialLinks.trial(report, task, method, winner.trial()));
  }

  /** Returns false where the times are of another class of machines than the tables'. */
  private boolean isTimed(MethodView method) {
    return report.row(task, method).filter(row -> row.seconds() != null).isPresent();
  }
}
