package io.nepenthe.report.html;

import io.nepenthe.report.view.RankingRow;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.selection.TaskSelection;
import java.util.ArrayList;
import java.util.List;

/** How the methods of a task rank, with what the seeds cannot support. */
final class HtmlRanking {
  /** Column of the mean score. */
  private static final int SCORE = 1 + RankingRow.COLUMNS.indexOf("Mean score");

  private HtmlRanking() {}

  static String of(ReportModel report) {
    StringBuilder html = new StringBuilder();
    for (String task : report.tasks()) {
      report
          .selection(task)
          .ifPresent(selection -> html.append(Html.ofTask(report, task, of(report, selection))));
    }
    return html.isEmpty()
        ? "<p>Nothing to rank is stored.</p>\n"
        : "<p>" + Html.text(RankingRow.explanation()) + "</p>\n" + html;
  }

  private static String of(ReportModel report, TaskSelection selection) {
    List<String> headings = new ArrayList<>(List.of("Method"));
    headings.addAll(RankingRow.COLUMNS);
    List<List<String>> rows = new ArrayList<>();
    for (RankingRow standing : RankingRow.of(report, selection)) {
      List<String> row = new ArrayList<>(List.of(Html.method(standing.method())));
      standing.cells().forEach(cell -> row.add(Html.text(cell)));
      row.set(SCORE, TrialLinks.of(report, selection.task(), standing.method(), row.get(SCORE)));
      rows.add(row);
    }
    String caveat = selection.ranking().caveat();
    return Html.table("Ranking on " + selection.task(), headings, rows)
        + "<p>"
        + Html.text(selection.rulesInWords())
        + "</p>\n"
        + (caveat.isEmpty()
            ? ""
            : "<p><strong>"
                + Html.text("Few seeds.")
                + "</strong> "
                + Html.text(caveat)
                + "</p>\n");
  }
}
