package io.nepenthe.challenge;

import io.nepenthe.judge.JudgedModel;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.provenance.ProvenanceReader;
import io.nepenthe.run.MeasuringRoom;
import io.nepenthe.run.MethodPlan;
import io.nepenthe.run.OpenWorkers;
import io.nepenthe.run.PhaseClock;
import io.nepenthe.run.PhaseClock.Phase;
import io.nepenthe.run.RunFailures;
import io.nepenthe.run.RunListener;
import io.nepenthe.run.RunPlan;
import io.nepenthe.run.RunSettings;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.StoredTypes;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.summary.RunReader;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.Summary;
import io.nepenthe.tensor.Torch;
import io.nepenthe.worker.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Challenges the original models and the winners of a run, as many at once as it has workers. What
 * has a result is not challenged again, so the same command continues where it was killed.
 */
public final class WinnerChallenges {
  /** A model, a copy that is trained, its gradient, and the optimizer's two moments. */
  private static final int MODELS = 5;

  private final RunPlan plan;
  private final RunSettings settings;
  private final RunStore store;
  private final RunListener listener;
  private final PhaseClock clock;
  private final Provenance here;
  private final KeptWinners kept;
  private final MeasuringRoom room = MeasuringRoom.here();

  /** A model that is to be challenged. */
  private record Open(RunSeed run, Optional<Winner> subject) {
    String label() {
      return run.label(subject);
    }
  }

  /** Prepares the challenges of a run, whose lock the caller holds. */
  public WinnerChallenges(
      RunPlan plan, RunSettings settings, RunStore store, RunListener listener, PhaseClock clock) {
    this.plan = plan;
    this.settings = settings;
    this.store = store;
    this.listener = listener;
    this.clock = clock;
    this.here =
        ProvenanceReader.read(settings.home(), suite().device(), suite().threads())
            .in(settings.workers().sandbox());
    this.kept = new KeptWinners(suite(), store, listener);
  }

  private Suite suite() {
    return plan.suite();
  }

  /**
   * Challenges all that the suite asks for.
   *
   * @param again true if what has a result is challenged once more
   * @throws io.nepenthe.protocol.NepentheException with RUN_INCOMPLETE if any could not be
   *     challenged, after the others
   */
  public void challenge(boolean again) {
    if (suite().challenges().isEmpty()) {
      return;
    }
    List<Open> open = new ArrayList<>();
    for (RunSeed run : seeds()) {
      for (Optional<Winner> subject : run.subjects()) {
        if (again || store.challenge(run.id(subject)).isEmpty()) {
          open.add(new Open(run, subject));
        }
      }
    }
    if (!open.isEmpty()) {
      challenge(open);
    }
    kept.drop();
  }

  private List<RunSeed> seeds() {
    StoredRun stored = RunReader.read(store);
    Summary summary =
        new Summary(stored.info(), stored.originals(), stored.trials(), stored.timings());
    CachedModels models = new CachedModels(suite(), settings.cache());
    List<RunSeed> seeds = new ArrayList<>();
    for (long seed : suite().seeds()) {
      for (TaskSpec task : suite().tasks()) {
        List<Winner> winners = new ArrayList<>();
        for (MethodPlan method : plan.methods(task)) {
          TrialResult winner = summary.winners(task.id(), method.plugin().id()).get(seed);
          if (winner != null) {
            winners.add(new Winner(method.plugin(), winner));
          }
        }
        String id = OriginalResult.id(task.id(), seed);
        stored.originals().stream()
            .filter(original -> original.id().equals(id))
            .findAny()
            .ifPresent(
                original -> seeds.add(new RunSeed(suite(), models, task, original, winners)));
      }
    }
    return seeds;
  }

  private void challenge(List<Open> open) {
    RunFailures failures = new RunFailures(settings.log());
    AtomicInteger done = new AtomicInteger();
    clock.begin(Phase.CHALLENGES);
    try (OpenWorkers opened = OpenWorkers.of(settings, suite().threads())) {
      Workers workers = opened.workers();
      SubjectModels models =
          new SubjectModels(
              kept, new RepeatedMethod(settings, workers, listener), here, suite().device());
      listener.progressed("challenges", 0, open.size());
      List<CompletableFuture<?>> jobs = new ArrayList<>();
      for (Open each : open) {
        jobs.add(
            workers
                .submit(
                    jobs.size(),
                    () -> {
                      store.put(challenged(each, models, workers));
                      listener.progressed("challenges", done.incrementAndGet(), open.size());
                      return null;
                    })
                .exceptionally(
                    e -> {
                      failures.add(e);
                      listener.warned("challenges of " + each.label() + ": " + words(e));
                      return null;
                    }));
      }
      jobs.forEach(CompletableFuture::join);
    } finally {
      clock.end(Phase.CHALLENGES);
    }
    failures.throwIfAny();
  }

  private static String words(Throwable failure) {
    return failure instanceof InterruptedException
        ? "interrupted; the same command continues"
        : String.valueOf(failure.getMessage());
  }

  private ChallengeResult challenged(Open open, SubjectModels models, Workers workers)
      throws InterruptedException {
    long start = System.nanoTime();
    Torch.useThreads(suite().threads()); // of this thread: it trains, too
    TaskSpec task = open.run().place().task();
    long bytes = MODELS * StoredTypes.of(task, task.architecture()).bytes();
    try (MeasuringRoom.Turn turn = room.take(bytes, workers.device(suite().device()))) {
      Subject subject = models.subject(open.run(), open.subject(), turn.manager());
      String hash = new JudgedModel(subject.weights(), subject.inference()).hash();
      List<Reading> readings = Challenges.readings(suite().challenges(), subject);
      double seconds = (System.nanoTime() - start) / 1e9;
      return open.run().result(open.subject(), hash, readings, seconds, here);
    }
  }
}
