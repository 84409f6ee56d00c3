package io.nepenthe.report.html;

import io.nepenthe.report.view.BeforeAfter;
import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.RepeatCommand;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.RowHead;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.report.view.TrialPages;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The page of all trials of one method on one task: settings, what they changed, what repeats them.
 */
final class TrialsPage {
  private final ReportModel report;
  private final String task;
  private final MethodView method;
  private final ResultLinks files;
  private final TrialState state;
  private final Measure utility;
  private final Machines machines = new Machines();

  private TrialsPage(ReportModel report, String task, MethodView method, ResultLinks files) {
    this.report = report;
    this.task = task;
    this.method = method;
    this.files = files;
    state = new TrialState(report, task, method);
    utility = report.utility(task);
  }

  static TrialPage of(ReportModel report, String task, MethodView method, ResultLinks files) {
    return new TrialsPage(report, task, method, files).page();
  }

  private TrialPage page() {
    List<TrialResult> trials = report.trials(task, method);
    Map<Long, List<TrialResult>> bySeed =
        trials.stream()
            .collect(
                Collectors.groupingBy(
                    trial -> trial.identity().seed(), TreeMap::new, Collectors.toList()));
    List<TrialPage.Part> parts = new ArrayList<>();
    bySeed.forEach((seed, ofSeed) -> parts.add(part(seed, ofSeed)));
    return new TrialPage(
        report.info().suite(),
        method.label() + " on " + task,
        (lead(trials) + " " + RepeatCommand.legend(report.info())).strip(),
        parts,
        machines.table());
  }

  private static String lead(List<TrialResult> trials) {
    return trials.stream().filter(TrialResult::isValid).count()
        + " of "
        + Words.count(trials.size(), "trial")
        + " valid. Each seed’s chosen trial stands first. Plugin: "
        + trials.stream()
            .map(TrialResult::identity)
            .map(TrialsPage::plugin)
            .distinct()
            .collect(Collectors.joining("; "))
        + ".";
  }

  private static String plugin(TrialIdentity identity) {
    return identity.method() + " " + identity.methodVersion() + ", jar " + identity.jarSha256();
  }

  private TrialPage.Part part(long seed, List<TrialResult> trials) {
    List<Row> rows = new ArrayList<>();
    trials.stream()
        .sorted(Comparator.comparing(trial -> !state.isChosen(trial)))
        .forEach(trial -> rows.add(row(trial)));
    return new TrialPage.Part(
        "seed-" + seed,
        "Seed " + seed,
        List.of(RepeatCommand.trials(report.info(), task, method.id(), seed)),
        Table.of(
            "Trials with seed " + seed + ": before → after",
            Table.Order.SORTABLE,
            List.of(
                Column.text("Trial"),
                Column.text("Settings"),
                Column.number("Memorized (%)"),
                Column.number(BeforeAfter.heading(utility)),
                Column.number("Time (s)"),
                Column.text("State"),
                Column.text("Machine")),
            rows));
  }

  /** Links to a trial end at its row. */
  private Row row(TrialResult trial) {
    Cell name = TrialPages.shortened(trial.id()).linked(files.trial(trial.id()));
    return new Row(
        new RowHead(name, "", null, trial.id()),
        List.of(
            Cell.settings(trial.identity().hyperparameters()),
            Cell.text(BeforeAfter.memorized(trial)),
            Cell.text(BeforeAfter.of(trial, utility)),
            Cell.text(report.seconds().of(trial)),
            Cell.prose(state.of(trial)),
            machines.link(trial.provenance())));
  }
}
