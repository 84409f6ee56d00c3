package io.nepenthe.report;

import io.nepenthe.runstore.MethodInfo;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TaskInfo;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.SummaryRow;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Variants of the fixture. */
public final class Runs {
  private Runs() {}

  public static StoredRun empty() {
    return new StoredRun(RunFixture.info(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  public static StoredRun withRows(UnaryOperator<SummaryRow> change) {
    StoredRun run = RunFixture.run();
    return new StoredRun(
        run.info(),
        run.originals(),
        run.trials(),
        run.timings(),
        run.summary().stream().map(change).toList(),
        run.selection());
  }

  public static StoredRun emptyOf(String task) {
    RunInfo info = ofTasks(Map.of(task, TaskInfo.noted("")));
    return new StoredRun(info, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** Returns an empty run of methods of which nothing is known. */
  public static StoredRun emptyOf(List<String> methods) {
    RunInfo info = of(RunFixture.info().taskInfo(), MethodInfo.unknown(methods));
    return new StoredRun(info, List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** Returns what the fixture's run is, with other tasks. */
  public static RunInfo ofTasks(Map<String, TaskInfo> tasks) {
    return of(tasks, RunFixture.info().methodInfo());
  }

  /** Returns what the fixture's run is, with other seeds. */
  public static RunInfo ofSeeds(List<Long> seeds) {
    RunInfo info = RunFixture.info();
    return of(seeds, info.taskInfo(), info.methodInfo());
  }

  private static RunInfo of(Map<String, TaskInfo> tasks, Map<String, MethodInfo> methods) {
    return of(RunFixture.info().seeds(), tasks, methods);
  }

  private static RunInfo of(
      List<Long> seeds, Map<String, TaskInfo> tasks, Map<String, MethodInfo> methods) {
    RunInfo info = RunFixture.info();
    return new RunInfo(
        info.suite(),
        info.description(),
        info.protocol(),
        info.fidelity(),
        info.quirks(),
        seeds,
        tasks,
        methods,
        info.selection(),
        info.secondsByPhase(),
        info.provenance(),
        info.holdsDefinition());
  }

  public static SummaryRow named(SummaryRow row, String name, String secondsSource) {
    return with(row, name, secondsSource, row.seeds(), row.seconds(), row.note(), row.timeNote());
  }

  public static SummaryRow ofSeeds(SummaryRow row, List<Long> seeds) {
    return like(row, seeds, row.seconds(), row.note(), row.timeNote());
  }

  /** Returns a row of which more is to be said. */
  public static SummaryRow noted(SummaryRow row, String note, String timeNote) {
    return like(row, row.seeds(), row.seconds(), note, timeNote);
  }

  /** Returns a row with another time. */
  public static SummaryRow timed(SummaryRow row, Statistic seconds) {
    return like(row, row.seeds(), seconds, row.note(), row.timeNote());
  }

  private static SummaryRow like(
      SummaryRow row, List<Long> seeds, @Nullable Statistic seconds, String note, String timeNote) {
    return with(row, row.name(), row.secondsSource(), seeds, seconds, note, timeNote);
  }

  /** Returns a row whose artifacts are held once, or so many times. */
  public static SummaryRow ofCopies(SummaryRow row, Map<Integer, Statistic> byCopies) {
    row.memorizedByCopies().putAll(byCopies);
    return row;
  }

  /** Returns a row with one setting, which scores on held-out rows as the winners do on all. */
  public static SummaryRow ofOneSetting(SummaryRow row, Map<String, Number> setting) {
    return new SummaryRow(
        row.task(),
        row.method(),
        row.name(),
        row.family(),
        row.seeds(),
        row.metrics(),
        row.seconds(),
        row.secondsSource(),
        row.secondsError(),
        row.sweepSeconds(),
        row.localizeSeconds(),
        row.editSeconds(),
        row.tuningSeconds(),
        row.winners(),
        row.trials(),
        row.failures(),
        row.note(),
        row.timeNote(),
        setting,
        row.metrics(),
        row.memorizedByCopies(),
        row.excluded());
  }

  private static SummaryRow with(
      SummaryRow row,
      String name,
      @Nullable String secondsSource,
      List<Long> seeds,
      @Nullable Statistic seconds,
      String note,
      String timeNote) {
    return new SummaryRow(
        row.task(),
        row.method(),
        name,
        row.family(),
        seeds,
        row.metrics(),
        seconds,
        secondsSource,
        "jmh".equals(secondsSource) ? row.secondsError() : null,
        row.sweepSeconds(),
        row.localizeSeconds(),
        row.editSeconds(),
        row.tuningSeconds(),
        row.winners(),
        row.trials(),
        row.failures(),
        note,
        timeNote,
        row.sharedHyperparameters(),
        row.sharedHoldout(),
        row.memorizedByCopies(),
        row.excluded());
  }
}
