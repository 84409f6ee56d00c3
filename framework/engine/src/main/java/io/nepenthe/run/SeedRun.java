package io.nepenthe.run;

import io.nepenthe.checkpoint.Gpt2Folder;
import io.nepenthe.judge.Judge;
import io.nepenthe.metric.Scores;
import io.nepenthe.model.Gpt2;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.CheckpointStore;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.original.TrainingPlan;
import io.nepenthe.plugin.Need;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.ProtocolVersion;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.run.PhaseClock.Phase;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.runstore.TrialTime;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.worker.WorkerAnswer;
import io.nepenthe.worker.WorkerPool;
import io.nepenthe.worker.WorkerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One task with one seed: its original model, its base measurement and all its trials. */
final class SeedRun {
  private static final Duration LONGEST_SILENCE_IN_TRAINING = Duration.ofMinutes(30);

  private final Suite suite;
  private final TaskSpec task;
  private final long seed;
  private final RunSettings settings;
  private final RunStore store;
  private final WorkerPool pool;
  private final RunListener listener;
  private final PhaseClock clock;
  private final Provenance provenance;
  private final Judge judge;
  private final Gpt2 model;
  private final String dataHash;
  private OriginalResult original;
  private Checkpoint checkpoint;
  private float[] originalValues;

  SeedRun(
      Suite suite,
      TaskSpec task,
      long seed,
      RunSettings settings,
      RunStore store,
      WorkerPool pool,
      RunListener listener,
      PhaseClock clock,
      Provenance provenance) {
    this.suite = suite;
    this.task = task;
    this.seed = seed;
    this.settings = settings;
    this.store = store;
    this.pool = pool;
    this.listener = listener;
    this.clock = clock;
    this.provenance = provenance;
    this.judge = new Judge(task, seed, suite.quirks(), suite.device());
    this.model = task.architecture();
    this.dataHash = judge.data().hash();
  }

  String label() {
    return task.id() + " seed " + seed;
  }

  /** Finds or trains the original model and measures it, at every kept moment of its training. */
  void measureOriginal() throws InterruptedException {
    TrainingPlan plan = plan(null);
    CheckpointStore checkpoints = trained(plan);
    List<Checkpoint> kept = new ArrayList<>();
    for (int passes : task.training().checkpoints()) {
      kept.add(checkpoints.find(passes).orElseThrow());
    }
    checkpoint = kept.get(kept.size() - 1);
    originalValues = checkpoint.values();
    String id = task.id() + "_s" + seed;
    original =
        store
            .original(id)
            .filter(stored -> stored.taskHash().equals(task.hash()))
            .filter(stored -> stored.dataHash().equals(dataHash))
            .filter(stored -> stored.checkpointHash().equals(checkpoint.record().weightsHash()))
            .orElse(null);
    if (original == null) {
      original = measured(id, kept);
      store.put(original);
    }
  }

  private OriginalResult measured(String id, List<Checkpoint> kept) {
    List<OriginalResult.CurvePoint> curve = new ArrayList<>();
    Judge.Verdict last = null;
    for (Checkpoint each : kept) {
      last = measure(each.values(), Optional.empty());
      int passes = each.record().passes();
      curve.add(
          new OriginalResult.CurvePoint(
              passes, each.record().losses().get(passes - 1), last.scores()));
    }
    if (last == null) {
      throw new IllegalStateException("a training keeps at least its last checkpoint");
    }
    return new OriginalResult(
        OriginalResult.SCHEMA,
        id,
        task.id(),
        seed,
        task.hash(),
        dataHash,
        checkpoint.record().weightsHash(),
        model.layout().size(),
        last.scores(),
        last.memorizedRows(),
        curve,
        checkpoint.record().seconds(),
        provenance);
  }

  private CheckpointStore trained(TrainingPlan plan) throws InterruptedException {
    CheckpointStore checkpoints = new CheckpointStore(settings.cache(), plan);
    boolean complete =
        task.training().checkpoints().stream().allMatch(p -> checkpoints.find(p).isPresent());
    if (!complete) {
      WorkerPool.Result result =
          during(
              Phase.TRAINING,
              () ->
                  pool.ask(
                      new WorkerRequest.Train(plan, settings.cache().toString()),
                      LONGEST_SILENCE_IN_TRAINING,
                      (done, total) -> listener.progressed("train " + plan.label(), done, total),
                      new NoPoints()));
      if (result.ending() != WorkerPool.Ending.DONE) {
        throw new TrainingFailed(result);
      }
    }
    return checkpoints;
  }

  private static final class TrainingFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final WorkerPool.Result result;

    TrainingFailed(WorkerPool.Result result) {
      super(result.reason());
      this.result = result;
    }
  }

  private static final class NoPoints implements WorkerPool.Conversation {
    @Override
    public void mitigated(WorkerAnswer.Mitigated answer) {
      throw new IllegalStateException("a training has no grid points");
    }

    @Override
    public void failed(WorkerAnswer.PointFailed answer) {
      throw new IllegalStateException("a training has no grid points");
    }
  }

  /** Returns the grid points of a method that have no result yet, or a failure to be retried. */
  List<Map<String, Number>> pending(MethodPlan method) {
    return method.points().stream()
        .filter(point -> isOpen(store.trial(identity(method.plugin(), point))))
        .toList();
  }

  private boolean isOpen(Optional<TrialResult> stored) {
    return stored.isEmpty() || (settings.retryFailed() && stored.get().outcome().hasFailed());
  }

  /** Returns the ids of a method's trials. */
  List<String> trialIds(MethodPlan method) {
    return method.points().stream()
        .map(point -> RunStore.id(identity(method.plugin(), point)))
        .toList();
  }

  /** Runs grid points that share a localization, and stores a result for each, whatever happens. */
  void mitigate(InstalledPlugin plugin, List<Map<String, Number>> points)
      throws InterruptedException {
    boolean needsForgetSet = plugin.descriptor().needs().contains(Need.FORGET_SET);
    if (needsForgetSet && original.memorizedRows().isEmpty()) {
      TrialOutcome nothing =
          new TrialOutcome.NotApplicable("the original model reproduces no artifact");
      points.forEach(point -> putFailure(plugin, point, nothing));
      return;
    }
    Path folder = temporaryFolder();
    try {
      Set<Integer> answered = new HashSet<>();
      WorkerPool.Result result =
          during(
              Phase.MITIGATION,
              () ->
                  pool.ask(
                      new WorkerRequest.Mitigate(job(plugin, points), folder.toString()),
                      Duration.ofMillis((long) (1000 * task.budgetSeconds())),
                      (done, total) ->
                          listener.progressed(label() + " " + plugin.id(), done, total),
                      conversation(plugin, points, folder, answered)));
      afterwards(plugin, points, answered, result);
    } finally {
      delete(folder);
    }
  }

  private WorkerRequest.MitigationJob job(
      InstalledPlugin plugin, List<Map<String, Number>> points) {
    return new WorkerRequest.MitigationJob(
        plan(null),
        checkpoint.folder().toString(),
        original.memorizedRows(),
        plugin.jar().toString(),
        points);
  }

  private WorkerPool.Conversation conversation(
      InstalledPlugin plugin,
      List<Map<String, Number>> points,
      Path folder,
      Set<Integer> answered) {
    return new WorkerPool.Conversation() {
      @Override
      public void mitigated(WorkerAnswer.Mitigated answer) {
        answered.add(answer.point());
        Map<String, Number> point = points.get(answer.point());
        if (!answer.time().isPossible()) {
          putFailure(plugin, point, new TrialOutcome.Invalid("no possible time: " + answer.time()));
          return;
        }
        float[] values;
        try {
          values = Gpt2Folder.readValues(folder, model);
        } catch (NepentheException e) {
          String reason = e.getMessage().replace(folder + java.io.File.separator, "");
          putFailure(plugin, point, new TrialOutcome.Invalid(reason));
          return;
        }
        putValid(plugin, point, values, Optional.empty(), answer.time(), answer.peakMemoryBytes());
      }

      @Override
      public void failed(WorkerAnswer.PointFailed answer) {
        answered.add(answer.point());
        putFailure(plugin, points.get(answer.point()), new TrialOutcome.Failed(answer.reason()));
      }
    };
  }

  /** A worker that ended early: what it was at has failed, what it had not begun is tried again. */
  private void afterwards(
      InstalledPlugin plugin,
      List<Map<String, Number>> points,
      Set<Integer> answered,
      WorkerPool.Result result)
      throws InterruptedException {
    if (result.ending() == WorkerPool.Ending.DONE) {
      return;
    }
    List<Map<String, Number>> open = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      if (!answered.contains(i)) {
        open.add(points.get(i));
      }
    }
    boolean anyAnswer = !answered.isEmpty();
    TrialOutcome outcome = outcome(result);
    int failed = anyAnswer ? Math.min(1, open.size()) : open.size();
    open.subList(0, failed).forEach(point -> putFailure(plugin, point, outcome));
    if (failed < open.size()) {
      mitigate(plugin, open.subList(failed, open.size()));
    }
  }

  private static TrialOutcome outcome(WorkerPool.Result result) {
    return result.ending() == WorkerPool.Ending.TIMED_OUT
        ? new TrialOutcome.TimedOut(result.reason())
        : new TrialOutcome.Failed(result.reason());
  }

  /** Trains with a regularizer taking part, and stores the result. */
  void regularize(InstalledPlugin plugin, Map<String, Number> point) throws InterruptedException {
    RegularizerUse use =
        new RegularizerUse(
            plugin.id(), plugin.version(), plugin.jar().toString(), plugin.sha256(), point);
    try {
      Checkpoint regularized = trained(plan(use)).find(task.training().passes()).orElseThrow();
      Double extra = regularized.record().extraSeconds();
      putValid(
          plugin,
          point,
          regularized.values(),
          regularized.positionFactors(),
          new TrialTime(extra == null ? Double.NaN : extra, null, null),
          null);
    } catch (TrainingFailed e) {
      putFailure(plugin, point, outcome(e.result));
    }
  }

  private void putValid(
      InstalledPlugin plugin,
      Map<String, Number> point,
      float[] values,
      Optional<float[]> positionFactors,
      TrialTime time,
      @Nullable Long peakMemoryBytes) {
    Scores after = measure(values, positionFactors).scores();
    if (Double.isNaN(after.perplexity())) {
      putFailure(plugin, point, new TrialOutcome.Invalid("the model's perplexity is NaN"));
      return;
    }
    long changed = 0;
    for (int i = 0; i < values.length; i++) {
      changed += Float.compare(values[i], originalValues[i]) == 0 ? 0 : 1;
    }
    put(plugin, point, new TrialOutcome.Valid(), after, time, changed, peakMemoryBytes);
  }

  private void putFailure(InstalledPlugin plugin, Map<String, Number> point, TrialOutcome outcome) {
    listener.warned(
        "trial failed: "
            + label()
            + ", "
            + plugin.id()
            + " "
            + point
            + ": "
            + outcome.explanation());
    put(plugin, point, outcome, null, null, null, null);
  }

  private void put(
      InstalledPlugin plugin,
      Map<String, Number> point,
      TrialOutcome outcome,
      @Nullable Scores after,
      @Nullable TrialTime time,
      @Nullable Long changed,
      @Nullable Long peakMemoryBytes) {
    TrialIdentity identity = identity(plugin, point);
    store.put(
        new TrialResult(
            TrialResult.SCHEMA,
            RunStore.id(identity),
            identity,
            plugin.descriptor().name(),
            plugin.descriptor().family(),
            outcome,
            original.scores(),
            after,
            time,
            changed,
            peakMemoryBytes,
            provenance,
            Instant.now().toString()));
  }

  private Judge.Verdict measure(float[] values, Optional<float[]> positionFactors) {
    clock.begin(Phase.SCORING);
    try {
      return judge.measure(values, positionFactors);
    } finally {
      clock.end(Phase.SCORING);
    }
  }

  private interface Asking {
    WorkerPool.Result ask() throws InterruptedException;
  }

  private WorkerPool.Result during(Phase phase, Asking asking) throws InterruptedException {
    clock.begin(phase);
    try {
      return asking.ask();
    } finally {
      clock.end(phase);
    }
  }

  private TrainingPlan plan(@Nullable RegularizerUse use) {
    return new TrainingPlan(task, seed, suite.fidelity(), suite.threads(), suite.device(), use);
  }

  private TrialIdentity identity(InstalledPlugin plugin, Map<String, Number> point) {
    return new TrialIdentity(
        ProtocolVersion.CURRENT,
        task.id(),
        task.hash(),
        dataHash,
        checkpoint.record().weightsHash(),
        plugin.id(),
        plugin.version(),
        plugin.sha256(),
        point,
        seed,
        suite.fidelity(),
        suite.quirks().stream().map(Quirk::id).sorted().toList(),
        suite.device(),
        suite.threads());
  }

  private Path temporaryFolder() {
    try {
      Path parent = settings.out().resolve("tmp");
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, "mitigated-");
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot write to " + settings.out() + " (" + e + ")", e);
    }
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      // only a temporary folder; the next run removes it
    }
  }
}
