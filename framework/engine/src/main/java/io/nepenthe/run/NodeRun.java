package io.nepenthe.run;

import io.nepenthe.corpus.Corpora;
import io.nepenthe.files.Folders;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.run.UnitReport.State;
import io.nepenthe.runstore.Results;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.SharedRun;
import io.nepenthe.runstore.UnitResults;
import java.util.List;

/**
 * Does units of a plan for a run that many machines fill. What it needs while it works lies in a
 * folder of its own, which goes when it is closed; each result is in the run's folder as soon as it
 * is measured.
 */
public final class NodeRun implements AutoCloseable {
  private final RunPlan plan;
  private final RunSettings settings;
  private final StoredUnits stored;
  private final UnitRun units;
  private final Thread cleaner;

  /**
   * Starts.
   *
   * @param plan of jars that stay as they are
   * @param settings whose {@code out} is a folder that nobody else uses, and is deleted
   * @param here where this process runs
   * @param run receives the results
   */
  public NodeRun(
      RunPlan plan, RunSettings settings, Provenance here, SharedRun run, RunListener listener) {
    this.plan = plan;
    this.settings = settings;
    Results results = new UnitResults(new RunStore(settings.out(), listener::warned), run);
    this.stored = new StoredUnits(plan, results);
    Corpora.tell(listener::warned);
    this.cleaner = new Thread(() -> Folders.tryToDelete(settings.out()), "delete-scratch");
    Runtime.getRuntime().addShutdownHook(cleaner);
    this.units =
        new UnitRun(
            plan,
            settings,
            results,
            listener,
            new PhaseClock(),
            here.in(settings.workers().sandbox()),
            TrialBudget.UNLIMITED,
            (trial, folder) -> {});
  }

  /**
   * Does a unit, unless it was done before, or stands on one that is not done.
   *
   * @throws NepentheException with INTERRUPTED if this process was told to end
   */
  public UnitReport run(WorkUnit unit) {
    long start = System.nanoTime();
    try {
      unit.tasks().forEach(task -> plan.task(task).requireThere());
      if (!mayHaveChanged(unit) && isDone(unit, settings.retryFailed())) {
        return UnitReport.done(unit, State.THERE, seconds(start));
      }
      if (!unit.isOriginal() && !originals(unit).stream().allMatch(OriginalRun::isThere)) {
        return missing(unit, seconds(start));
      }
      units.execute(List.of(unit)).throwIfAny();
      if (isDone(unit, false)) {
        return UnitReport.done(unit, State.DONE, seconds(start));
      }
      throw new NepentheException(
          ErrorCode.RUN_INCOMPLETE,
          "%s ended without all of its results. Do it again. See %s"
              .formatted(unit.inWords(), settings.log()));
    } catch (NepentheException e) {
      if (e.code() == ErrorCode.INTERRUPTED) {
        throw e;
      }
      return UnitReport.failed(unit, e, seconds(start));
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private List<OriginalRun> originals(WorkUnit unit) {
    return unit.tasks().stream()
        .map(task -> new OriginalRun(units.work(task, unit.seed())))
        .toList();
  }

  private UnitReport missing(WorkUnit unit, double seconds) {
    return new UnitReport(
        unit.index(),
        State.MISSING,
        unit.after(),
        0,
        seconds,
        "%s stands on unit %d, whose model is not in %s, or not whole. Do unit %d first, or copy its model there."
            .formatted(unit.inWords(), unit.after().get(0), settings.cache(), unit.after().get(0)),
        ErrorCode.NOT_READY.exitCode());
  }

  /** Returns true if rows of a unit come from files that only whoever reads them knows. */
  private boolean mayHaveChanged(WorkUnit unit) {
    return unit.tasks().stream().anyMatch(task -> !plan.task(task).files().isEmpty());
  }

  /**
   * Returns true if nothing of a unit is left to do.
   *
   * @param withoutFailed whether failed trials are
   */
  private boolean isDone(WorkUnit unit, boolean withoutFailed) {
    return stored.areThere(unit, withoutFailed)
        && (!unit.isOriginal() || originals(unit).stream().allMatch(OriginalRun::isThere));
  }

  /** Ends its workers, and deletes its own folder. */
  @Override
  public void close() {
    units.close();
    Folders.tryToDelete(settings.out());
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException e) {
      // it is running: this process was told to end
    }
  }
}
