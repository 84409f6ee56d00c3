package io.nepenthe.run;

import io.nepenthe.exchange.WorkerRequest;
import io.nepenthe.judge.Inference;
import io.nepenthe.judge.Judge;
import io.nepenthe.metric.Scores;
import io.nepenthe.model.Weights;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.run.PhaseClock.Phase;
import io.nepenthe.runstore.OriginalResult.CurvePoint;
import io.nepenthe.runstore.Results;
import io.nepenthe.runstore.RunFolder;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.StoredTypes;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.task.TaskData;
import io.nepenthe.worker.TimeLimit;
import io.nepenthe.worker.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the original model and the trials of one task and seed share: measuring, asking workers. */
final class SeedWork {
  private static final long NANOS_BETWEEN_WORDS = Duration.ofMinutes(10).toNanos();

  private static final int MOST_SAID = 100;

  private final RunContext run;
  private final TaskSpec task;
  private final long seed;
  private @Nullable Judge judge;
  private @Nullable String dataHash;
  private final Map<String, Long> said = new ConcurrentHashMap<>();

  /** Builds no rows yet: a run has many of these before it comes to most of them. */
  SeedWork(RunContext run, TaskSpec task, long seed) {
    this.run = run;
    this.task = task;
    this.seed = seed;
  }

  Suite suite() {
    return run.suite();
  }

  TaskSpec task() {
    return task;
  }

  long seed() {
    return seed;
  }

  RunSettings settings() {
    return run.settings();
  }

  /** Returns the model that the task was given; empty if it is trained here. */
  Optional<Checkpoint> given() {
    return task.givenFolder().map(run.given()::at);
  }

  Results store() {
    return run.store();
  }

  RunListener listener() {
    return run.listener();
  }

  Provenance provenance() {
    return run.provenance();
  }

  private synchronized Judge judge() {
    if (judge == null) {
      judge = new Judge(task, seed, suite().quirks());
    }
    return judge;
  }

  /** Returns all rows of task and seed, the judge's among them. */
  TaskData data() {
    return judge().data();
  }

  synchronized String dataHash() {
    if (dataHash == null) {
      dataHash = task.dataHash(data());
    }
    return dataHash;
  }

  String label() {
    return task.id() + " seed " + seed;
  }

  /**
   * Returns what to throw where the machine kept a trial from being run: nothing is stored of it.
   *
   * @param what method or training
   * @param why one line
   */
  NepentheException impeded(String what, String why) {
    return new NepentheException(
        ErrorCode.RUN_INCOMPLETE,
        what
            + ": "
            + (why.endsWith(".") ? why : why + ".")
            + " That is no result of it; the same command tries again. See "
            + settings().log());
  }

  /**
   * Returns true if how a worker ended says nothing about a method: the method had not begun, or
   * the disks have no room, which the judge sees for itself.
   */
  boolean isOfTheMachine(Workers.Result result) {
    return !result.begun() || (isImpeded(result) && !hasRoom());
  }

  private static boolean isImpeded(Workers.Result result) {
    return result.ending() == Workers.Ending.IMPEDED;
  }

  /** Returns what a model of the task takes, on a disk or in memory. */
  private long modelBytes() {
    return StoredTypes.of(task, task.architecture()).bytes();
  }

  /** Trained models go to one folder, mitigated ones to the other. */
  private boolean hasRoom() {
    long bytes = modelBytes();
    return run.workers().hasRoom(settings().cache(), bytes)
        && run.workers().hasRoom(settings().out(), bytes);
  }

  /**
   * Returns true if a request that a worker did not finish is to be made again.
   *
   * @param endings how often in a row it has ended so
   */
  boolean isWorthAnotherTry(Workers.Result result, int endings) {
    return endings < result.ending().tries()
        && !(isImpeded(result) && isOfTheMachine(result)); // which does not pass so soon
  }

  /** Tells the user why nothing happens: at once, and now and then as long as that lasts. */
  void says(String line) {
    long now = System.nanoTime();
    Long before = said.get(line);
    if (before == null && said.size() == MOST_SAID) {
      return; // no work has so many preparations: something else speaks
    }
    if (before == null || now - before > NANOS_BETWEEN_WORDS) {
      said.put(line, now);
      listener().warned(line);
    }
  }

  /** Ends a job whose thread was told to end: what it met then is no result. */
  void requireNotInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CompletionException(new InterruptedException());
    }
  }

  /** Returns the training of the original model, or one that a method takes part in. */
  TrainingPlan plan(@Nullable RegularizerUse use) {
    return new TrainingPlan(
        task, seed, suite().fidelity(), suite().threads(), suite().device(), use);
  }

  /** Measures checkpoints: one point of a curve each. */
  List<CurvePoint> curve(List<Checkpoint> kept) {
    List<CurvePoint> curve = new ArrayList<>();
    for (Checkpoint each : kept) {
      curve.add(point(each, measure(each).scores()));
    }
    return curve;
  }

  /** Returns the point of a curve at a checkpoint of such scores. */
  static CurvePoint point(Checkpoint checkpoint, Scores scores) {
    int passes = checkpoint.record().passes();
    return new CurvePoint(passes, checkpoint.record().losses().get(passes - 1), scores);
  }

  /** Takes a model out of the cache that was changed while the run went on; a given one stays. */
  void withdraw(Checkpoint changed) {
    if (!task.isGiven()) {
      plan(null)
          .checkpoints(settings().cache(), listener()::warned)
          .withdraw(changed, changed.folder() + " was changed while the run went on");
    }
  }

  /** A method begins to run. */
  Visits.Visit arrive() throws InterruptedException {
    return run.methods().arrive();
  }

  /** Asks a worker, and counts the time as that of the phase. */
  Workers.Result ask(
      Phase phase,
      WorkerRequest request,
      TimeLimit limit,
      String what,
      Workers.Conversation conversation)
      throws InterruptedException {
    run.clock().begin(phase);
    try {
      Workers.Result result =
          run.workers()
              .ask(
                  request,
                  limit,
                  (done, total) -> listener().progressed(what, done, total),
                  conversation);
      run.clock().worked(result.busySeconds());
      return result;
    } finally {
      run.clock().end(phase);
    }
  }

  /** Waits until memory has room for one more model to be read and measured; close it then. */
  MeasuringRoom.Turn turn() {
    long bytes = modelBytes();
    return run.room().take(bytes, run.workers().device(suite().device()));
  }

  /** Measures a checkpoint. */
  Judge.Verdict measure(Checkpoint checkpoint) {
    Judge measuring = judge();
    try (MeasuringRoom.Turn turn = turn()) {
      return timed(() -> measuring.measure(checkpoint, turn.manager()));
    }
  }

  /** Measures weights, with what belongs to them in use. */
  Judge.Verdict measure(Weights weights, Inference inference) {
    Judge measuring = judge();
    return timed(() -> measuring.measure(weights, inference));
  }

  private Judge.Verdict timed(Supplier<Judge.Verdict> measurement) {
    run.clock().begin(Phase.SCORING);
    long start = System.nanoTime();
    try {
      return measurement.get();
    } finally {
      run.clock().worked((System.nanoTime() - start) / 1e9);
      run.clock().end(Phase.SCORING);
    }
  }

  /** Returns how long the work that is begun now may take. */
  TimeLimit limit() {
    return new TimeLimit(task.budget(), run.budget().end());
  }

  /** Shows a model that was judged, before its files go. */
  void show(TrialResult trial, Path folder) {
    run.judged().show(trial, folder);
  }

  /** Returns a new folder that a later run would remove. */
  Path temporaryFolder() {
    try {
      return new RunFolder(settings().out()).newTemporary();
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot write to " + settings().out() + " (" + e + ")", e);
    }
  }
}
