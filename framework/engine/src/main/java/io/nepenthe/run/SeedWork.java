package io.nepenthe.run;

import io.nepenthe.checkpoint.Folders;
import io.nepenthe.judge.Judge;
import io.nepenthe.original.CheckpointStore;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.original.TrainingPlan;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.run.PhaseClock.Phase;
import io.nepenthe.runstore.RunStore;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.worker.WorkerAnswer;
import io.nepenthe.worker.WorkerPool;
import io.nepenthe.worker.WorkerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the original model and the trials of one task and seed share: training, measuring, asking
 * workers.
 */
final class SeedWork {
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
  private final String dataHash;

  SeedWork(
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
    this.dataHash = judge.data().hash();
  }

  Suite suite() {
    return suite;
  }

  TaskSpec task() {
    return task;
  }

  long seed() {
    return seed;
  }

  RunSettings settings() {
    return settings;
  }

  RunStore store() {
    return store;
  }

  RunListener listener() {
    return listener;
  }

  Provenance provenance() {
    return provenance;
  }

  String dataHash() {
    return dataHash;
  }

  String label() {
    return task.id() + " seed " + seed;
  }

  /** Returns the training of the original model, or one that a method takes part in. */
  TrainingPlan plan(@Nullable RegularizerUse use) {
    return new TrainingPlan(task, seed, suite.fidelity(), suite.threads(), suite.device(), use);
  }

  /** Returns the checkpoints of a training, which a worker does if they are not all there. */
  CheckpointStore trained(TrainingPlan plan) throws InterruptedException {
    CheckpointStore checkpoints = new CheckpointStore(settings.cache(), plan);
    boolean complete =
        task.training().checkpoints().stream().allMatch(p -> checkpoints.find(p).isPresent());
    if (!complete) {
      WorkerPool.Result result =
          ask(
              Phase.TRAINING,
              new WorkerRequest.Train(plan, settings.cache().toString()),
              LONGEST_SILENCE_IN_TRAINING,
              "train " + plan.label(),
              new NoPoints());
      if (result.ending() != WorkerPool.Ending.DONE) {
        throw new TrainingFailed(result);
      }
    }
    return checkpoints;
  }

  /** A worker could not train; the message is its reason. */
  static final class TrainingFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final WorkerPool.Result result;

    TrainingFailed(WorkerPool.Result result) {
      super(result.reason());
      this.result = result;
    }

    /** Returns how the worker ended. */
    WorkerPool.Result result() {
      return result;
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

  /** Asks a worker, and counts the time as that of the phase. */
  WorkerPool.Result ask(
      Phase phase,
      WorkerRequest request,
      Duration budget,
      String what,
      WorkerPool.Conversation conversation)
      throws InterruptedException {
    clock.begin(phase);
    try {
      return pool.ask(
          request, budget, (done, total) -> listener.progressed(what, done, total), conversation);
    } finally {
      clock.end(phase);
    }
  }

  /** Measures weights, with what multiplies their residual stream by position, if anything. */
  Judge.Verdict measure(float[] values, Optional<float[]> positionFactors) {
    clock.begin(Phase.SCORING);
    try {
      return judge.measure(values, positionFactors);
    } finally {
      clock.end(Phase.SCORING);
    }
  }

  /** Returns a new folder that a later run would remove. */
  Path temporaryFolder() {
    try {
      Path parent = settings.out().resolve("tmp");
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, "mitigated-");
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot write to " + settings.out() + " (" + e + ")", e);
    }
  }

  /** Removes a temporary folder. */
  static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      // only a temporary folder; the next run removes it
    }
  }
}
