package io.nepenthe.report.html;

import io.nepenthe.report.view.BeforeAfter;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.RepeatCommand;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The page of all trials of one method on one task: settings, what they changed, what repeats them.
 */
final class HtmlTrials {
  private final ReportModel report;
  private final String task;
  private final MethodView method;
  private final ResultLinks files;
  private final TrialState state;
  private final Machines machines = new Machines();

  private HtmlTrials(ReportModel report, String task, MethodView method, ResultLinks files) {
    this.report = report;
    this.task = task;
    this.method = method;
    this.files = files;
    state = new TrialState(report, task, method);
  }

  static String of(ReportModel report, String task, MethodView method, ResultLinks files) {
    return new HtmlTrials(report, task, method, files).html();
  }

  private String html() {
    List<TrialResult> trials = report.trials(task, method);
    Map<Long, List<TrialResult>> bySeed =
        trials.stream()
            .collect(
                Collectors.groupingBy(
                    trial -> trial.identity().seed(), TreeMap::new, Collectors.toList()));
    StringBuilder html = new StringBuilder(header(trials));
    bySeed.forEach((seed, ofSeed) -> html.append(seed(seed, ofSeed)));
    return html.append(machines.section()).toString();
  }

  private String header(List<TrialResult> trials) {
    long valid = trials.stream().filter(TrialResult::isValid).count();
    String plugins =
        trials.stream()
            .map(TrialResult::identity)
            .map(HtmlTrials::plugin)
            .distinct()
            .collect(Collectors.joining("; "));
    return HtmlTrialPage.header(
        report,
        method.label() + " on " + task,
        valid
            + " of "
            + Numbers.count(trials.size(), "trial")
            + " valid. The tables show each seed’s chosen trial. Plugin: "
            + plugins
            + ".");
  }

  private static String plugin(TrialIdentity identity) {
    return Html.code(identity.method())
        + " "
        + Html.text(identity.methodVersion())
        + ", jar "
        + Html.code(identity.jarSha256());
  }

  private String seed(long seed, List<TrialResult> trials) {
    Measure utility = report.utility(task);
    List<List<String>> rows = new ArrayList<>();
    trials.stream()
        .sorted(Comparator.comparing(trial -> !state.isChosen(trial)))
        .forEach(trial -> rows.add(row(trial, utility)));
    return Html.section(
        "seed-" + seed,
        "Seed " + seed,
        HtmlTrialPage.commands(
                List.of(RepeatCommand.trials(report.info(), task, method.id(), seed)))
            + Html.table(
                "Trials with seed " + seed + ": before → after",
                List.of(
                    "Trial",
                    "Settings",
                    "Memorized (%)",
                    BeforeAfter.heading(utility),
                    "Time (s)",
                    "State",
                    "Machine"),
                rows));
  }

  private List<String> row(TrialResult trial, Measure utility) {
    return List.of(
        HtmlTrialPage.anchor(trial.id(), files.trial(trial.id())),
        Html.settings(trial.identity().hyperparameters()),
        BeforeAfter.memorized(trial),
        BeforeAfter.of(trial, utility),
        report.seconds().of(trial),
        Html.prose(state.of(trial)),
        machines.link(trial.provenance()));
  }
}
