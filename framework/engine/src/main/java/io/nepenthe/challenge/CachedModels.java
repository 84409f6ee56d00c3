package io.nepenthe.challenge;

import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The models of a run that lie in the cache, or were given: those that trainings left. */
final class CachedModels {
  private final Suite suite;
  private final Path cache;

  CachedModels(Suite suite, Path cache) {
    this.suite = suite;
    this.cache = cache;
  }

  /**
   * Returns how a model was trained.
   *
   * @param use the part that a method took; null if none did
   */
  TrainingPlan training(TaskSpec task, long seed, @Nullable RegularizerUse use) {
    return new TrainingPlan(task, seed, suite.fidelity(), suite.threads(), suite.device(), use);
  }

  /** Returns the original model of a task and seed. */
  Checkpoint original(TaskSpec task, long seed) {
    return task.givenFolder()
        .map(Checkpoint::given)
        .orElseGet(() -> trained(training(task, seed, null)));
  }

  /** Returns the model that a training left at the moment that is mitigated. */
  Checkpoint trained(TrainingPlan training) {
    return training
        .checkpoints(cache)
        .find(training.task().mitigatedPasses())
        .orElseThrow(
            () ->
                new NepentheException(
                    ErrorCode.RUN_INCOMPLETE,
                    "the model of "
                        + training.label()
                        + " is no longer in the cache; run the suite again."));
  }
}
