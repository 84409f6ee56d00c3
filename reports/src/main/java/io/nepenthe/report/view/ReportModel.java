package io.nepenthe.report.view;

import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.Scores;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.MethodSelection;
import io.nepenthe.selection.TaskSelection;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.summary.MeasuredTimes;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.SummaryRow;
import io.nepenthe.task.language.LanguageDataSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A run in the order in which it is printed: tasks, methods, rows and footnotes. */
public final class ReportModel {
  private final StoredRun run;
  private final List<String> tasks;
  private final List<MethodView> methods;
  private final Map<RowKey, SummaryRow> rows = new LinkedHashMap<>();
  private final Map<String, TrialResult> trials = new LinkedHashMap<>();
  private final Map<RowKey, List<TrialResult>> trialsByRow = new HashMap<>();
  private final Set<String> tasksWithAccuracy = new HashSet<>();
  private final List<Footnote> footnotes;
  private final TrialSeconds seconds;
  private final List<ManySeeds> manySeeds;

  private record RowKey(String task, String method) {}

  private ReportModel(StoredRun run) {
    this.run = run;
    for (SummaryRow row : run.summary()) {
      rows.putIfAbsent(new RowKey(row.task(), row.method()), row);
      if (row.of(Metrics.ACCURACY) != null) {
        tasksWithAccuracy.add(row.task());
      }
    }
    for (TrialResult trial : run.trials()) {
      trials.putIfAbsent(trial.id(), trial);
      RowKey row = new RowKey(trial.identity().task(), trial.identity().method());
      trialsByRow.computeIfAbsent(row, key -> new ArrayList<>()).add(trial);
    }
    Set<String> allTasks = new LinkedHashSet<>(run.info().tasks());
    run.summary().forEach(row -> allTasks.add(row.task()));
    tasks = List.copyOf(allTasks);
    methods = MethodOrder.of(run);
    footnotes = Footnote.all(this);
    seconds = new TrialSeconds(run.timings());
    manySeeds = ManySeeds.of(this);
  }

  public static ReportModel of(StoredRun run) {
    return new ReportModel(run);
  }

  public StoredRun run() {
    return run;
  }

  public RunInfo info() {
    return run.info();
  }

  /** Returns the tasks in the suite's order. */
  public List<String> tasks() {
    return tasks;
  }

  /**
   * Returns the task's name as tables print it: made-up text is called so wherever it stands, and
   * so is a type of numbers that is not the usual one.
   */
  public String title(String task) {
    List<String> remarks = new ArrayList<>();
    if (info().task(task).isSynthetic()) {
      remarks.add(LanguageDataSpec.SYNTHETIC_LABEL);
    }
    String computeType = info().task(task).computeType();
    if (computeType != null) {
      remarks.add("in " + computeType);
    }
    return remarks.isEmpty() ? task : task + " (" + String.join(", ", remarks) + ")";
  }

  /** Returns the methods in the tables' order. */
  public List<MethodView> methods() {
    return methods;
  }

  /** Returns a method of the run. */
  public Optional<MethodView> method(String id) {
    return methods.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  public Optional<SummaryRow> row(String task, MethodView method) {
    return Optional.ofNullable(rows.get(new RowKey(task, method.id())));
  }

  /** Returns what was chosen on a task, empty if nothing is stored of it. */
  public Optional<TaskSelection> selection(String task) {
    return run.selection().stream().filter(each -> each.task().equals(task)).findFirst();
  }

  /** Returns what was chosen for each method of a task, in the tables' order. */
  Map<MethodView, MethodSelection> selections(String task) {
    Map<MethodView, MethodSelection> found = new LinkedHashMap<>();
    selection(task)
        .ifPresent(
            selection ->
                methods.forEach(
                    method ->
                        selection
                            .of(method.id())
                            .ifPresent(selected -> found.put(method, selected))));
    return found;
  }

  /** Returns the rows of a task in the tables' order. */
  List<SummaryRow> rows(String task) {
    List<SummaryRow> found = new ArrayList<>();
    methods.forEach(method -> row(task, method).ifPresent(found::add));
    return found;
  }

  public Optional<TrialResult> trial(String id) {
    return Optional.ofNullable(trials.get(id));
  }

  /** Returns all trials of a method on a task, by id; none for the original model. */
  public List<TrialResult> trials(String task, MethodView method) {
    return trialsByRow.getOrDefault(new RowKey(task, method.id()), List.of());
  }

  /** Returns the unmitigated models of a task. */
  public List<OriginalResult> originals(String task) {
    return run.originals().stream().filter(each -> each.task().equals(task)).toList();
  }

  public TrialSeconds seconds() {
    return seconds;
  }

  /** Returns what many seeds say, of each task that has them. */
  public List<ManySeeds> manySeeds() {
    return manySeeds;
  }

  public List<Footnote> footnotes() {
    return footnotes;
  }

  /** Returns what tells a task's utility: accuracy, or perplexity where nothing has an accuracy. */
  public Measure utility(String task) {
    return tasksWithAccuracy.contains(task) ? Measure.ACCURACY : Measure.PERPLEXITY;
  }

  /** Returns true if each of a task's artifacts weighs as often as the training set holds it. */
  public boolean weighsCopies(String task) {
    return rows(task).stream().anyMatch(row -> row.memorizedByCopies().size() > 1);
  }

  /** Returns the per cent of the artifacts that are memorized, each counted once. */
  public Optional<Statistic> memorizedRows(String task, MethodView method) {
    List<Scores> models =
        method.isOriginal()
            ? originals(task).stream().map(OriginalResult::scores).toList()
            : winners(task, method).stream()
                .flatMap(trial -> Optional.ofNullable(trial.after()).stream())
                .toList();
    return Optional.ofNullable(
        Statistic.of(
            models.stream()
                .map(Scores::memorization)
                .filter(counts -> counts.eligible() > 0)
                .map(counts -> 100.0 * counts.memorized() / counts.eligible())
                .toList()));
  }

  /** Returns the counted work of the trials chosen, in forward passes of a token. */
  public Optional<Statistic> work(String task, MethodView method) {
    return Optional.ofNullable(
        Statistic.of(
            winners(task, method).stream()
                .flatMap(trial -> Optional.ofNullable(trial.time()).stream())
                .flatMap(time -> Optional.ofNullable(time.cost()).stream())
                .toList()));
  }

  /** Returns the trials chosen for a method on a task, one per seed. */
  public List<TrialResult> winners(String task, MethodView method) {
    return row(task, method).map(SummaryRow::winners).stream()
        .flatMap(winners -> winners.values().stream())
        .flatMap(winner -> trial(winner.trial()).stream())
        .toList();
  }

  /** Returns what % memorized is a share of, for an axis. */
  public String memorizedAxis(String task) {
    return weighsCopies(task) ? "Memorized (% by copies)" : "Memorized (% of artifacts)";
  }

  /** Returns what % memorized means on the run's tasks. */
  public String memorizedNote() {
    List<String> weighted = tasks.stream().filter(this::weighsCopies).toList();
    String copies =
        weighted.isEmpty()
            ? ""
            : " On "
                + Sentences.list(weighted)
                + " each row weighs as often as the training set holds it; the share with each row"
                + " counted once stands among the other measures.";
    return "% Mem is the share of the artifacts, the rows to forget, that greedy decoding reproduces"
        + " whole."
        + copies;
  }

  /** Returns the task's name as part of a file name, different for different tasks. */
  public String slug(String task) {
    String slug = task.replaceAll("[^A-Za-z0-9-]", "-");
    return slug.equals(task) ? slug : slug + "--" + (tasks.indexOf(task) + 1);
  }

  /** Returns true if some printed times are JMH's and some the sweep's. */
  boolean hasMixedTimes() {
    return rows.values().stream()
            .filter(row -> row.seconds() != null)
            .map(SummaryRow::secondsSource)
            .distinct()
            .count()
        > 1;
  }

  /** Returns where the times come from, and what their error is. */
  public String timeNote() {
    boolean jmh =
        rows.values().stream().anyMatch(row -> MeasuredTimes.JMH.equals(row.secondsSource()));
    if (!jmh) {
      return "Times were taken in the worker during the sweep, not by JMH.";
    }
    String shots = "Times are JMH's single shots of each seed's chosen trial in fresh JVMs";
    String others =
        hasMixedTimes()
            ? "; those marked " + Cell.SWEEP + " were taken in the worker during the sweep."
            : ".";
    boolean errors = rows.values().stream().anyMatch(row -> row.secondsError() != null);
    return shots
        + others
        + (errors ? " ± is JMH's 99.9 % error of the mean over all shots of all seeds." : "");
  }
}
