package io.nepenthe.report.html;

import io.nepenthe.protocol.Fidelity;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.summary.SummaryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was run: the first paragraph and the tasks. */
final class HtmlIntroduction {
  private HtmlIntroduction() {}

  static String of(ReportModel report) {
    RunInfo info = report.info();
    return "<header>\n<p class=\"kicker\">Nepenthe</p>\n<h1>What models forget: "
        + Html.text(info.suite())
        + "</h1>\n<p class=\"lead\">"
        + paragraph(report)
        + "</p>\n"
        + tasks(report)
        + "</header>\n";
  }

  private static String paragraph(ReportModel report) {
    RunInfo info = report.info();
    long valid = report.run().trials().stream().filter(TrialResult::isValid).count();
    long methods =
        report.methods().stream().filter(each -> !each.id().equals(SummaryRow.ORIGINAL)).count();
    String description = Html.text(info.description());
    return (description.isEmpty() ? "" : description + " ")
        + "The suite "
        + Html.code(info.suite())
        + " ran "
        + Numbers.count((int) methods, "method")
        + " on "
        + Numbers.count(report.tasks().size(), "task")
        + " with seeds "
        + info.seeds().stream().map(Object::toString).collect(Collectors.joining(", "))
        + " under protocol "
        + Html.text(info.protocol())
        + "; "
        + valid
        + " of "
        + Numbers.count(report.run().trials().size(), "trial")
        + " valid. "
        + fidelity(info);
  }

  private static String fidelity(RunInfo info) {
    String quirks =
        new TreeMap<>(info.quirks())
            .entrySet().stream()
                .map(entry -> Html.code(entry.getKey()) + " (" + Html.text(entry.getValue()) + ")")
                .collect(Collectors.joining(", "));
    String fidelity = "Fidelity is <strong>" + info.fidelity().id() + "</strong>: ";
    if (quirks.isEmpty()) {
      return fidelity
          + (info.fidelity() == Fidelity.CLEAN
              ? "no quirk of the paper’s own program was reproduced."
              : "no quirk was on.");
    }
    return fidelity + "these quirks of the paper’s own program were on: " + quirks + ".";
  }

  private static String tasks(ReportModel report) {
    List<List<String>> rows = new ArrayList<>();
    for (String task : report.tasks()) {
      String note = report.info().taskNotes().getOrDefault(task, Numbers.MISSING);
      List<OriginalResult> originals = report.originals(task);
      rows.add(
          List.of(Html.text(task), Html.prose(note), parameters(originals), forgetSets(originals)));
    }
    return Html.fixedTable(
        "Tasks", List.of("Task", "Data, model, training", "Weights", "Forget set by seed"), rows);
  }

  private static String parameters(List<OriginalResult> originals) {
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
