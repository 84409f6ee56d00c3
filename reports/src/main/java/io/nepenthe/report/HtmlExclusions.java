package io.nepenthe.report;

import io.nepenthe.selection.Exclusion;
import io.nepenthe.selection.MethodSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The trials of a task that could not be chosen: counts, and folded below them every one. */
final class HtmlExclusions {
  private HtmlExclusions() {}

  static String of(Report report, String task) {
    List<List<String>> counts = new ArrayList<>();
    List<List<String>> trials = new ArrayList<>();
    for (Map.Entry<Method, MethodSelection> each : report.selections(task).entrySet()) {
      Method method = each.getKey();
      ExclusionCounts.of(each.getValue())
          .forEach(
              (kind, count) ->
                  counts.add(
                      List.of(
                          Html.method(method),
                          Html.text(ExclusionCounts.words(kind)),
                          Integer.toString(count))));
      each.getValue().excluded().forEach(exclusion -> trials.add(row(method, exclusion)));
    }
    return counts.isEmpty()
        ? notes(report, task)
        : notes(report, task)
            + Html.table(
                "Trials left out of the choice on " + task,
                List.of("Method", "Reason", "Trials"),
                counts)
            + "<details>\n<summary>Every trial left out on "
            + Html.text(task)
            + "</summary>\n"
            + Html.table(
                "Trials left out on " + task + ", each with its reason",
                List.of("Method", "Seed", "Settings", "Reason", "Trial"),
                trials)
            + "</details>\n";
  }

  private static List<String> row(Method method, Exclusion exclusion) {
    return List.of(
        Html.method(method),
        Long.toString(exclusion.seed()),
        Html.settings(exclusion.hyperparameters()),
        Html.prose(exclusion.reason()),
        HtmlWinners.link(exclusion.trial()));
  }

  private static String notes(Report report, String task) {
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
