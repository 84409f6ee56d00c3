package io.nepenthe.report.html;

import io.nepenthe.report.view.BeforeAfter;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.RepeatCommand;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.runstore.OriginalResult;
import java.util.ArrayList;
import java.util.List;

/** The page of the unmitigated models of one task, one per seed. */
final class HtmlOriginals {
  private HtmlOriginals() {}

  static String of(ReportModel report, String task, MethodView method, ResultLinks files) {
    Machines machines = new Machines();
    Measure utility = report.utility(task);
    List<List<String>> rows = new ArrayList<>();
    for (OriginalResult original : report.originals(task)) {
      rows.add(
          List.of(
              Html.link(files.original(original.id()), Long.toString(original.seed())),
              BeforeAfter.value(original.scores(), Measure.MEMORIZED),
              BeforeAfter.value(original.scores(), utility),
              Numbers.decimal(original.trainingSeconds(), Measure.SECONDS),
              "<code title=\"%s\">%.12s…</code>"
                  .formatted(
                      Html.text(original.checkpointHash()), Html.text(original.checkpointHash())),
              machines.link(original.provenance())));
    }
    List<String> commands =
        report.originals(task).stream()
            .map(original -> RepeatCommand.training(report.info(), task, original.seed()))
            .toList();
    return HtmlTrialPage.header(
            report, method.label() + " on " + task, "The models before any method, one per seed.")
        + Html.section(
            "seeds",
            "Seeds",
            HtmlTrialPage.commands(commands)
                + Html.table(
                    "Unmitigated models",
                    List.of(
                        "Seed",
                        "Memorized (%)",
                        BeforeAfter.heading(utility),
                        "Training (s)",
                        "SHA-256 of the weights",
                        "Machine"),
                    rows))
        + machines.section();
  }
}
