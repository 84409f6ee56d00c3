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
import io.nepenthe.tensor.Torch;
import io.nepenthe.worker.Workers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final RunFailures failures = new RunFailures();
  private final Map<String, CompletableFuture<Void>> trainings = new HashMap<>();
  private final AtomicInteger openTrials = new AtomicInteger();
  private final AtomicInteger doneTrials = new AtomicInteger();
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
    Torch.useThreads(suite.threads());
    Corpora.tell(listener::warned);
    Provenance here =
        ProvenanceReader.read(settings.home(), suite.device(), suite.threads())
            .in(settings.workers().sandbox());
    plan = plan.with(new KeptPlugins(settings.out())::keep);
    RunFile definition = file(here);
    store.put(definition);
    store.put(PlannedTrials.of(definition));
    provenance = here;
    Workers workers =
        settings.workers().open(suite.threads(), settings.out().resolve("workers.log"));
    Thread closer = new Thread(workers::close, "close-workers");
    Runtime.getRuntime().addShutdownHook(closer);
    try {
      RunContext context =
          new RunContext(
              suite,
              settings,
              store,
              workers,
              listener,
              clock,
              new GivenOriginals(),
              here,
              new Visits(),
              budget,
              judged,
              MeasuringRoom.here());
      runAll(context);
      if (context.methods().isDoubtful() && !failures.areOfInterruption()) {
        context.methods().oneAtATime();
        runAll(context);
      }
    } finally {
      workers.close();
      forget(closer);
    }
    store.put(file(here));
    failures.throwIfAny(settings.out());
  }

  /** Runs what has no result, on originals that are trained anew where they were withdrawn. */
  private void runAll(RunContext context) {
    trainings.clear();
    List<CompletableFuture<?>> seeds = new ArrayList<>();
    for (long seed : context.suite().seeds()) {
      for (TaskSpec task : context.suite().tasks()) {
        seeds.add(start(new SeedWork(context, task, seed), seeds.size(), context.workers()));
      }
    }
    seeds.forEach(CompletableFuture::join);
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // it is running: this process was told to end
    }
  }

  /**
   * Starts the work on a task and seed. What comes later in the suite has a higher rank and waits:
   * one original is done with before many others are begun, and their rows need not all be kept.
   */
  private CompletableFuture<?> start(SeedWork work, int rank, Workers workers) {
    return trainings
        .computeIfAbsent(
            work.plan(null).key(),
            key -> occupying(workers, rank, () -> new OriginalRun(work).train()))
        .thenCompose(
            trained ->
                workers.submit(rank, () -> new SeedTrials(work, new OriginalRun(work).measured())))
        .thenCompose(run -> trials(run, work, rank, workers))
        .exceptionally(e -> reported(e, work));
  }

  /** What fails does not keep the rest from being done. */
  private @Nullable Void reported(Throwable e, SeedWork work) {
    Throwable cause = e.getCause() == null || e instanceof NepentheException ? e : e.getCause();
    failures.add(cause);
    listener.warned(
        work.label()
            + ": "
            + (cause instanceof InterruptedException
                ? "interrupted; the same command continues"
                : cause.getMessage()));
    return null;
  }

  private CompletableFuture<Void> trials(SeedTrials run, SeedWork work, int rank, Workers workers) {
    List<TrialGroup> groups = new ArrayList<>();
    for (MethodPlan method : plan.methods(work.task())) {
      if (method.seeds().contains(work.seed())) {
        groups.addAll(run.pending(method));
      }
    }
    List<CompletableFuture<?>> jobs = new ArrayList<>();
    for (TrialGroup group : budget.inOrder(groups)) {
      openTrials.addAndGet(group.points().size());
      jobs.add(
          occupying(workers, rank, () -> trials(run, group)).exceptionally(e -> reported(e, work)));
    }
    return CompletableFuture.allOf(jobs.toArray(CompletableFuture[]::new));
  }

  /** Runs as much of a group as the budget has room for. */
  private void trials(SeedTrials run, TrialGroup group) throws InterruptedException {
    TrialGroup begun = budget.begin(group);
    openTrials.addAndGet(begun.points().size() - group.points().size());
    if (begun.points().isEmpty()) {
      return;
    }
    try {
      run.run(begun);
    } finally {
      budget.ended(begun, run.areDone(begun));
    }
    listener.progressed("trials", doneTrials.addAndGet(begun.points().size()), openTrials.get());
  }

  private interface Job {
    void run() throws InterruptedException;
  }

  private CompletableFuture<Void> occupying(Workers workers, int rank, Job job) {
    return workers.submit(
        rank,
        () -> {
          long start = System.nanoTime();
          try {
            job.run();
            return null;
          } finally {
            clock.occupied((System.nanoTime() - start) / 1e9);
          }
        });
  }

  private RunFile file(Provenance here) {
    return RunFile.of(plan.suite(), plan.definition(), clock.seconds(), here);
  }

  /** Writes what the run was, with the time until now. */
  public void finish() {
    store.put(file(store.info().provenance()));
  }
}
