package io.nepenthe.report.html;

import io.nepenthe.report.view.ExclusionCounts;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.selection.MethodSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How many trials of a task could not be chosen, and why; the pages behind tell which. */
final class HtmlExclusions {
  private HtmlExclusions() {}

  static String of(ReportModel report, String task) {
    List<List<String>> counts = new ArrayList<>();
    for (Map.Entry<MethodView, MethodSelection> each : report.selections(task).entrySet()) {
      MethodView method = each.getKey();
      ExclusionCounts.of(each.getValue())
          .forEach(
              (kind, count) ->
                  counts.add(
                      List.of(
                          Html.method(method),
                          Html.text(ExclusionCounts.words(kind)),
                          TrialLinks.of(report, task, method, Integer.toString(count)))));
    }
    return counts.isEmpty()
        ? notes(report, task)
        : notes(report, task)
            + Html.table(
                "Trials left out of the choice on " + task,
                List.of("Method", "Reason", "Trials"),
                counts);
  }

  private static String notes(ReportModel report, String task) {
    StringBuilder notes = new StringBuilder();
    report
        .selections(task)
        .forEach(
            (method, selected) ->
                selected
                    .notes()
                    .forEach(
                        note ->
                            notes
                                .append("<li>")
                                .append(Html.text(method.label() + ": " + note))
                                .append(".</li>\n")));
    return notes.isEmpty() ? "" : "<ul class=\"notes\">\n" + notes + "</ul>\n";
  }
}
