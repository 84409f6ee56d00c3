package io.nepenthe.report;

import io.nepenthe.runstore.RunInfo;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.SummaryRow;
import java.util.List;
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
    RunInfo info = RunFixture.info();
    return new StoredRun(
        new RunInfo(
            info.schema(),
            info.suite(),
            info.description(),
            info.protocol(),
            info.fidelity(),
            info.quirks(),
            info.seeds(),
            List.of(task),
            info.taskNotes(),
            info.methods(),
            info.selection(),
            info.secondsByPhase(),
            info.provenance()),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
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
