package io.nepenthe.report.text;

import io.nepenthe.report.view.ExclusionCounts;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.RankingRow;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.SharedRow;
import io.nepenthe.selection.TaskSelection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** What was chosen on a task and how its methods rank, in GitHub's Markdown. */
final class MarkdownSelection {
  private MarkdownSelection() {}

  static String of(ReportModel report, String task) {
    return report
        .selection(task)
        .map(selection -> ranking(report, selection) + shared(report, task) + left(report, task))
        .orElse("");
  }

  private static String ranking(ReportModel report, TaskSelection selection) {
    List<String> headings = new ArrayList<>(List.of("Method"));
    headings.addAll(RankingRow.COLUMNS);
    List<List<String>> rows = new ArrayList<>();
    for (RankingRow standing : RankingRow.of(report, selection)) {
      List<String> row = new ArrayList<>(List.of(standing.method().label()));
      row.addAll(standing.cells());
      rows.add(row);
    }
    String caveat = selection.ranking().caveat();
    return title("Ranking on " + selection.task())
        + Escape.markdown(RankingRow.explanation() + " " + selection.rulesInWords())
        + "\n\n"
        + (caveat.isEmpty() ? "" : "**Few seeds.** " + Escape.markdown(caveat) + "\n\n")
        + table(headings, rows);
  }

  private static String shared(ReportModel report, String task) {
    List<String> headings = new ArrayList<>(List.of("Method", "Settings"));
    headings.addAll(SharedRow.columns(report, task));
    List<List<String>> rows = new ArrayList<>();
    for (SharedRow shared : SharedRow.of(report, task)) {
      List<String> row =
          new ArrayList<>(
              List.of(shared.method().label(), Numbers.settings(shared.hyperparameters())));
      row.addAll(shared.cells());
      rows.add(row);
    }
    return rows.isEmpty()
        ? ""
        : title("Which setting on " + task) + SharedRow.CAPTION + ".\n\n" + table(headings, rows);
  }

  private static String left(ReportModel report, String task) {
    List<List<String>> rows = new ArrayList<>();
    report
        .selections(task)
        .forEach(
            (method, selected) -> {
              ExclusionCounts.of(selected)
                  .forEach(
                      (kind, count) ->
                          rows.add(
                              List.of(
                                  method.label(),
                                  ExclusionCounts.words(kind),
                                  Integer.toString(count))));
              selected
                  .notes()
                  .forEach(note -> rows.add(List.of(method.label(), note, Numbers.MISSING)));
            });
    return rows.isEmpty()
        ? ""
        : title("Left out of the choice on " + task)
            + table(List.of("Method", "Reason", "Trials"), rows);
  }

  private static String title(String text) {
    return "### " + Escape.markdown(text) + "\n\n";
  }

  static String table(List<String> headings, List<List<String>> rows) {
    return line(headings)
        + line(Collections.nCopies(headings.size(), "---"))
        + rows.stream()
            .map(row -> line(row.stream().map(Escape::markdown).toList()))
            .collect(Collectors.joining())
        + "\n";
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
