package io.nepenthe.report;

import io.nepenthe.runstore.MethodInfo;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TaskInfo;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.SummaryRow;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

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

  private static RunInfo of(Map<String, TaskInfo> tasks, Map<String, MethodInfo> methods) {
    RunInfo info = RunFixture.info();
    return new RunInfo(
        info.suite(),
        info.description(),
        info.protocol(),
        info.fidelity(),
        info.quirks(),
        info.seeds(),
        tasks,
        methods,
        info.selection(),
        info.secondsByPhase(),
        info.provenance(),
        info.holdsDefinition());
  }

  public static SummaryRow named(SummaryRow row, String name, String secondsSource) {
    return with(row, name, secondsSource, row.seeds());
  }

  public static SummaryRow ofSeeds(SummaryRow row, List<Long> seeds) {
    return with(row, row.name(), String.valueOf(row.secondsSource()), seeds);
  }

  private static SummaryRow with(
      SummaryRow row, String name, String secondsSource, List<Long> seeds) {
    return new SummaryRow(
        row.task(),
        row.method(),
        name,
        row.family(),
        seeds,
        row.metrics(),
        row.seconds(),
        secondsSource,
        "jmh".equals(secondsSource) ? row.secondsError() : null,
        row.sweepSeconds(),
        row.localizeSeconds(),
        row.editSeconds(),
        row.tuningSeconds(),
        row.winners(),
        row.trials(),
        row.failures(),
        row.note(),
        row.sharedHyperparameters(),
        row.sharedHoldout(),
        row.memorizedByCopies(),
        row.excluded());
  }
}
