package io.nepenthe.run;

import io.nepenthe.corpus.Corpora;
import io.nepenthe.pluginhost.KeptPlugins;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.provenance.ProvenanceReader;
import io.nepenthe.runstore.PlannedTrials;
import io.nepenthe.runstore.RunFile;
import io.nepenthe.runstore.RunFolder;
import io.nepenthe.runstore.RunLock;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Executes a suite: originals, base measurements, trials. What is already in the run's folder or in
 * the cache is not done again, so the same command continues a run that was killed.
 */
public final class SuiteRun {
  private RunPlan plan;
  private final RunSettings settings;
  private final RunListener listener;
  private final PhaseClock clock;
  private final RunStore store;
  private volatile @Nullable Provenance provenance;
  private TrialBudget budget = TrialBudget.UNLIMITED;
  private JudgedModels judged = (trial, folder) -> {};

  /** Prepares a run. */
  public SuiteRun(RunPlan plan, RunSettings settings, RunListener listener, PhaseClock clock) {
    this.plan = plan;
    this.settings = settings;
    this.listener = listener;
    this.clock = clock;
    this.store = new RunStore(settings.out(), listener::warned);
  }

  /** Lets its trials take no more than a budget. */
  public SuiteRun within(TrialBudget most) {
    budget = most;
    return this;
  }

  /** Shows every mitigated model when it was judged, before its files go. */
  public SuiteRun showing(JudgedModels viewer) {
    judged = viewer;
    return this;
  }

  /** Returns what is run; once it runs, of the jars that it keeps. */
  public RunPlan plan() {
    return plan;
  }

  /** Returns where the results are. */
  public RunStore store() {
    return store;
  }

  /** Returns the folder of the run; empty until it is known to be its own. */
  Optional<Provenance> provenance() {
    return Optional.ofNullable(provenance);
  }

  /**
   * Takes the run's folder, for all that one command does in it.
   *
   * @throws NepentheException with IO if another command is using the folder; with BAD_USAGE if it
   *     holds a run of another suite or fidelity
   */
  public RunLock take() {
    plan.suite().tasks().forEach(TaskSpec::requireThere);
    store.create();
    RunLock lock = RunLock.take(settings.out());
    try {
      store
          .found()
          .ifPresent(
              run -> {
                run.requireOf(plan.suite(), settings.out(), "Choose another --out folder.");
                clock.goOnFrom(run.secondsByPhase());
              });
      store.refuseNewer();
      new RunFolder(settings.out()).deleteTemporary();
      return lock;
    } catch (IOException e) {
      lock.close();
      throw new NepentheException(
          ErrorCode.IO, "cannot write to " + settings.out() + " (" + e + ")", e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Takes the run's folder, and runs everything that has no result yet. */
  public void execute() {
    try (RunLock lock = take()) {
      execute(lock);
    }
  }

  /**
   * Runs everything that has no result yet.
   *
   * @param held the lock of the run's folder, which the caller keeps
   * @throws NepentheException with RUN_INCOMPLETE if an original model could not be trained or
   *     measured, the other trials are there
   */
  public void execute(RunLock held) {
    Objects.requireNonNull(held);
    Suite suite = plan.suite();
    Corpora.tell(listener::warned);
    Provenance here =
        ProvenanceReader.read(settings.home(), suite.device(), suite.threads())
            .in(settings.workers().sandbox());
    plan = plan.with(new KeptPlugins(settings.out())::keep);
    RunFile definition = file(here);
    store.put(definition);
    store.put(PlannedTrials.of(definition));
    provenance = here;
    RunFailures failures;
    try (UnitRun units =
        new UnitRun(plan, settings, store, listener, clock, here, budget, judged)) {
      failures = units.execute(WorkUnits.of(plan));
    }
    store.put(file(here));
    failures.throwIfAny();
  }

  private RunFile file(Provenance here) {
    return RunFile.of(plan.suite(), plan.definition(), clock.seconds(), here);
  }

  /** Writes what the run was, with the time until now. */
  public void finish() {
    store.put(file(store.info().provenance()));
  }
}
