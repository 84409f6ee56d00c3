package io.nepenthe.run;

import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.Results;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.tensor.Torch;
import io.nepenthe.worker.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Does units of a plan on this machine: all of a run, or those that fell to it. What has a result,
 * or a model in the cache, is not done again. Its workers end when it is closed, and with the
 * process.
 */
final class UnitRun implements AutoCloseable {
  private final RunPlan plan;
  private final RunContext context;
  private final OpenWorkers open;
  private final Workers workers;
  private final Map<WorkUnit, CompletableFuture<Void>> trainings = new HashMap<>();
  private final AtomicInteger openTrials = new AtomicInteger();
  private final AtomicInteger doneTrials = new AtomicInteger();
  private RunFailures failures;

  /**
   * Starts the workers.
   *
   * @param budget what the trials may take
   * @param judged who sees the models that they leave
   */
  UnitRun(
      RunPlan plan,
      RunSettings settings,
      Results results,
      RunListener listener,
      PhaseClock clock,
      Provenance here,
      TrialBudget budget,
      JudgedModels judged) {
    this.plan = plan;
    failures = new RunFailures(settings.log());
    open = OpenWorkers.of(settings, plan.suite().threads());
    workers = open.workers();
    context =
        new RunContext(
            plan.suite(),
            settings,
            results,
            workers,
            listener,
            clock,
            new GivenOriginals(),
            here,
            new Visits(),
            budget,
            judged,
            MeasuringRoom.here());
  }

  /**
   * Does units of the plan. An original model that none of them trains is in the cache.
   *
   * @return what kept any from being done
   */
  RunFailures execute(List<WorkUnit> units) {
    Torch.useThreads(plan.suite().threads());
    failures = new RunFailures(context.settings().log());
    runAll(units);
    if (context.methods().isDoubtful() && !failures.areOfInterruption()) {
      context.methods().oneAtATime();
      runAll(units); // on originals that are trained anew where they were withdrawn
    }
    return failures;
  }

  /** Returns the work on a task and seed, to ask what is there of it. */
  SeedWork work(String task, long seed) {
    return new SeedWork(context, plan.task(task), seed);
  }

  private record Place(String task, long seed) {}

  private void runAll(List<WorkUnit> units) {
    trainings.clear();
    Map<Place, List<WorkUnit>> byPlace = new HashMap<>();
    for (WorkUnit unit : units) {
      for (String task : unit.tasks()) {
        byPlace.computeIfAbsent(new Place(task, unit.seed()), none -> new ArrayList<>()).add(unit);
      }
    }
    Set<Place> done = done(byPlace);
    List<CompletableFuture<?>> seeds = new ArrayList<>();
    for (long seed : plan.suite().seeds()) {
      for (TaskSpec task : plan.suite().tasks()) {
        Place place = new Place(task.id(), seed);
        List<WorkUnit> here = byPlace.get(place);
        if (here != null && !done.contains(place)) {
          seeds.add(start(new SeedWork(context, task, seed), seeds.size(), here));
        }
      }
    }
    seeds.forEach(CompletableFuture::join);
  }

  /** Returns where nothing is left to do: a run that is nearly whole is soon at what it lacks. */
  private Set<Place> done(Map<Place, List<WorkUnit>> units) {
    StoredUnits stored = new StoredUnits(plan, context.store());
    boolean withoutFailed = context.settings().retryFailed();
    return units.entrySet().parallelStream()
        .filter(
            each ->
                each.getValue().stream()
                    .allMatch(unit -> stored.areThere(unit, each.getKey().task(), withoutFailed)))
        .map(Map.Entry::getKey)
        .filter(place -> stored.haveModel(place.task(), place.seed(), context.settings().cache()))
        .collect(Collectors.toSet());
  }

  /**
   * Starts the work on a task and seed. What comes later in the suite has a higher rank and waits:
   * one original is done with before many others are begun, and their rows need not all be kept.
   */
  private CompletableFuture<?> start(SeedWork work, int rank, List<WorkUnit> units) {
    return units.stream()
        .filter(WorkUnit::isOriginal)
        .findAny()
        .map(
            original ->
                trainings.computeIfAbsent(
                    original, unit -> occupying(rank, () -> new OriginalRun(work).train())))
        .orElse(CompletableFuture.completedFuture(null))
        .thenCompose(
            trained ->
                workers.submit(rank, () -> new SeedTrials(work, new OriginalRun(work).measured())))
        .thenCompose(run -> trials(run, work, rank, units))
        .exceptionally(e -> reported(e, work));
  }

  /** What fails does not keep the rest from being done. */
  private @Nullable Void reported(Throwable e, SeedWork work) {
    Throwable cause = e.getCause() == null || e instanceof NepentheException ? e : e.getCause();
    failures.add(cause);
    context
        .listener()
        .warned(
            work.label()
                + ": "
                + (cause instanceof InterruptedException
                    ? "interrupted; the same command continues"
                    : cause.getMessage()));
    return null;
  }

  private CompletableFuture<Void> trials(
      SeedTrials run, SeedWork work, int rank, List<WorkUnit> units) {
    List<TrialGroup> groups = new ArrayList<>();
    for (MethodPlan method : plan.methods(work.task())) {
      for (WorkUnit unit : units) {
        if (method.plugin().id().equals(unit.method())) {
          run.pending(new TrialGroup(method.plugin(), unit.points())).ifPresent(groups::add);
        }
      }
    }
    List<CompletableFuture<?>> jobs = new ArrayList<>();
    for (TrialGroup group : context.budget().inOrder(groups)) {
      openTrials.addAndGet(group.points().size());
      jobs.add(occupying(rank, () -> trials(run, group)).exceptionally(e -> reported(e, work)));
    }
    return CompletableFuture.allOf(jobs.toArray(CompletableFuture[]::new));
  }

  /** Runs as much of a group as the budget has room for. */
  private void trials(SeedTrials run, TrialGroup group) throws InterruptedException {
    TrialGroup begun = context.budget().begin(group);
    openTrials.addAndGet(begun.points().size() - group.points().size());
    if (begun.points().isEmpty()) {
      return;
    }
    try {
      run.run(begun);
    } finally {
      context.budget().ended(begun, run.areDone(begun));
    }
    context
        .listener()
        .progressed("trials", doneTrials.addAndGet(begun.points().size()), openTrials.get());
  }

  private interface Job {
    void run() throws InterruptedException;
  }

  private CompletableFuture<Void> occupying(int rank, Job job) {
    return workers.submit(
        rank,
        () -> {
          long start = System.nanoTime();
          try {
            job.run();
            return null;
          } finally {
            context.clock().occupied((System.nanoTime() - start) / 1e9);
          }
        });
  }

  @Override
  public void close() {
    open.close();
  }
}
