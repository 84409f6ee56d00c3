package io.nepenthe.summary;

import io.nepenthe.metric.ByMetric;
import io.nepenthe.metric.RepeatClass;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.MachineClass;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.BySeed;
import io.nepenthe.selection.MethodSelection;
import io.nepenthe.selection.SharedSetting;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.selection.Winner;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Computes the lines of a run's tables from what is stored. Pure: equal files give equal lines. */
public final class Summary {
  private final RunInfo info;
  private final List<OriginalResult> originals;
  private final Map<String, Map<String, List<TrialResult>>> trials;
  private final List<TimingResult> timings;
  private final Completeness completeness;
  private final @Nullable MachineClass machine;
  private final Map<String, TaskSelection> selection = new LinkedHashMap<>();

  /** Summarises stored results. */
  public Summary(
      RunInfo info,
      List<OriginalResult> originals,
      List<TrialResult> trials,
      List<TimingResult> timings) {
    this(info, originals, trials, timings, Completeness.UNKNOWN);
  }

  /** Summarises stored results, and notes at each line what is absent of it. */
  Summary(
      RunInfo info,
      List<OriginalResult> originals,
      List<TrialResult> trials,
      List<TimingResult> timings,
      Completeness completeness) {
    this.info = info;
    this.completeness = completeness;
    this.originals = originals;
    this.trials =
        trials.stream()
            .collect(
                Collectors.groupingBy(
                    trial -> trial.identity().task(),
                    Collectors.groupingBy(trial -> trial.identity().method())));
    machine = MachineClass.ofTables(timings, trials).orElse(null);
    this.timings =
        timings.stream()
            .filter(timing -> MachineClass.of(timing.provenance()).equals(machine))
            .toList();
    for (String task : info.tasks()) {
      Map<String, List<TrialResult>> ofTask = new LinkedHashMap<>();
      for (String method : info.methods()) {
        List<TrialResult> ofMethod = trials(task, method);
        if (!ofMethod.isEmpty()) {
          ofTask.put(method, ofMethod);
        }
      }
      selection.put(task, TaskSelection.of(task, info.selection(task), info.seeds(), ofTask));
    }
  }

  /** Returns JMH's timings of the one class of machines whose times the lines hold. */
  List<TimingResult> timings() {
    return timings;
  }

  /** Returns what was chosen on each task, in the suite's order. */
  public List<TaskSelection> selection() {
    return List.copyOf(selection.values());
  }

  /** Returns the lines: per task, the original model first, then methods in the suite's order. */
  public List<SummaryRow> rows() {
    List<SummaryRow> rows = new ArrayList<>();
    for (String task : info.tasks()) {
      rows.add(original(task));
      for (String method : info.methods()) {
        List<TrialResult> ofMethod = trials(task, method);
        if (!ofMethod.isEmpty()) {
          rows.add(row(task, method, ofMethod));
        }
      }
    }
    return rows;
  }

  /** Returns the trial that stands for a method on a task, by seed. */
  public Map<Long, TrialResult> winners(String task, String method) {
    Map<Long, TrialResult> winners = new TreeMap<>();
    selected(task, method)
        .ifPresent(
            selected ->
                trials(task, method).stream()
                    .filter(trial -> isWinner(trial, selected))
                    .forEach(trial -> winners.put(trial.identity().seed(), trial)));
    return winners;
  }

  private Optional<MethodSelection> selected(String task, String method) {
    return Optional.ofNullable(selection.get(task)).flatMap(each -> each.of(method));
  }

  private static boolean isWinner(TrialResult trial, MethodSelection selected) {
    Winner winner = selected.winners().get(trial.identity().seed());
    return winner != null && winner.trial().equals(trial.id());
  }

  private List<TrialResult> trials(String task, String method) {
    return trials.getOrDefault(task, Map.of()).getOrDefault(method, List.of());
  }

  private SummaryRow original(String task) {
    List<OriginalResult> ofTask =
        originals.stream().filter(original -> original.task().equals(task)).toList();
    List<Scores> scores = ofTask.stream().map(OriginalResult::scores).toList();
    return new SummaryRow(
        task,
        SummaryRow.ORIGINAL,
        "Original model",
        Family.CONTROL,
        ofTask.stream().map(OriginalResult::seed).sorted().toList(),
        statistics(scores),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        0,
        List.of(),
        completeness.note("", task, SummaryRow.ORIGINAL),
        "",
        null,
        null,
        byCopies(scores),
        Map.of());
  }

  private SummaryRow row(String task, String method, List<TrialResult> ofMethod) {
    MethodSelection selected = selected(task, method).orElseThrow();
    SharedSetting shared = selected.shared();
    Map<Long, TrialResult> chosen = winners(task, method);
    List<Scores> scores =
        chosen.values().stream().map(trial -> Objects.requireNonNull(trial.after())).toList();
    WinnerTimes times =
        WinnerTimes.of(chosen.values(), timing(task, method, chosen.values()), machine);
    return new SummaryRow(
        task,
        method,
        ofMethod.get(0).methodName(),
        ofMethod.get(0).family(),
        List.copyOf(chosen.keySet()),
        statistics(scores),
        Statistic.of(times.seconds()),
        times.source(),
        times.error(),
        Statistic.of(times.sweepSeconds()),
        Statistic.of(times.localizeSeconds()),
        Statistic.of(times.editSeconds()),
        tuningSeconds(ofMethod),
        selected.winners(),
        ofMethod.size(),
        ofMethod.stream()
            .filter(trial -> !trial.isValid())
            .map(
                trial ->
                    "seed "
                        + trial.identity().seed()
                        + ", "
                        + trial.identity().hyperparameters()
                        + ": "
                        + trial.outcome().explanation())
            .toList(),
        completeness.note(
            Words.joined(
                SeedsInWords.of(ofMethod, chosen.size(), info.seeds().size()),
                selected.noBetterInWords()),
            task,
            method),
        times.note(),
        shared == null ? null : shared.hyperparameters(),
        shared == null ? null : holdout(shared),
        byCopies(scores),
        selected.excludedByKind());
  }

  private @Nullable TimingResult timing(
      String task, String method, Collection<TrialResult> chosen) {
    return timings.stream()
        .filter(timing -> timing.task().equals(task) && timing.method().equals(method))
        .filter(timing -> MeasuredTimes.covers(timing, chosen))
        .findAny()
        .orElse(null);
  }

  private @Nullable Double tuningSeconds(List<TrialResult> trials) {
    if (!MachineClass.isOnly(machine, trials)) {
      return null;
    }
    long seeds = trials.stream().map(trial -> trial.identity().seed()).distinct().count();
    return trials.stream()
            .filter(TrialResult::isValid)
            .mapToDouble(trial -> Objects.requireNonNull(trial.time()).seconds())
            .sum()
        / seeds;
  }

  private static SortedMap<Integer, Statistic> byCopies(List<Scores> scores) {
    SortedMap<Integer, List<Double>> values = new TreeMap<>();
    for (Scores each : scores) {
      List<RepeatClass> classes = each.memorization().classes();
      for (RepeatClass repeated : classes == null ? List.<RepeatClass>of() : classes) {
        if (repeated.memorizedPercent() != null) {
          values
              .computeIfAbsent(repeated.copies(), copies -> new ArrayList<>())
              .add(repeated.memorizedPercent());
        }
      }
    }
    SortedMap<Integer, Statistic> statistics = new TreeMap<>();
    values.forEach((copies, percent) -> statistics.put(copies, Statistic.of(percent)));
    return statistics;
  }

  private static ByMetric<Statistic> statistics(List<Scores> scores) {
    return ByMetric.of(
        metric ->
            Statistic.of(
                scores.stream().map(each -> each.of(metric)).filter(Objects::nonNull).toList()));
  }

  private static ByMetric<Statistic> holdout(SharedSetting shared) {
    return ByMetric.of(
        metric -> {
          BySeed values = shared.holdout().of(metric);
          return values == null ? null : values.statistic();
        });
  }
}
