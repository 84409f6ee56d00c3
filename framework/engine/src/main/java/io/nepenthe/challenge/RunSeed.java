package io.nepenthe.challenge;

import ai.djl.ndarray.NDManager;
import io.nepenthe.checkpoint.ModelFolder;
import io.nepenthe.model.Weights;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.ChallengeSpec;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One task and seed of a run: its original model and its winners, as they are challenged.
 * Thread-safe.
 */
final class RunSeed {
  private final Suite suite;
  private final CachedModels models;
  private final OriginalResult result;
  private final List<Winner> winners;
  private final TrainingPlan training;
  private final TaskSeed place;
  private @Nullable Checkpoint original;

  /**
   * Reads no model yet.
   *
   * @param result measurement of the original model
   * @param winners of the methods, in the suite's order
   */
  RunSeed(
      Suite suite,
      CachedModels models,
      TaskSpec task,
      OriginalResult result,
      List<Winner> winners) {
    this.suite = suite;
    this.models = models;
    this.result = result;
    this.winners = List.copyOf(winners);
    this.training = models.training(task, result.seed(), null);
    this.place =
        new TaskSeed(
            task,
            result.seed(),
            suite.quirks(),
            result.memorizedRows(),
            parent -> read(original().folder(), parent),
            this::retrained);
  }

  TaskSeed place() {
    return place;
  }

  TrainingPlan training() {
    return training;
  }

  /** Returns what is challenged: the original model, then the winners. */
  List<Optional<Winner>> subjects() {
    List<Optional<Winner>> subjects = new ArrayList<>();
    subjects.add(Optional.empty());
    winners.forEach(winner -> subjects.add(Optional.of(winner)));
    return subjects;
  }

  private static String name(Optional<Winner> subject) {
    return subject.map(winner -> winner.plugin().id()).orElse(ChallengeResult.ORIGINAL);
  }

  /** Returns task, seed and subject, as messages name them. */
  String label(Optional<Winner> subject) {
    return training.label() + ", " + name(subject);
  }

  /** Returns the id of a subject's result. */
  String id(Optional<Winner> subject) {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("protocol", suite.protocol());
    identity.put("taskHash", result.taskHash());
    identity.put("dataHash", result.dataHash());
    identity.put("original", result.checkpointHash());
    identity.put("trial", subject.map(winner -> winner.trial().id()).orElse(""));
    identity.put("weights", subject.map(winner -> hash(winner.trial())).orElse(""));
    identity.put("retrained", retrainedWinner().map(winner -> hash(winner.trial())).orElse(""));
    identity.put("challenges", ChallengeSpec.hash(suite.challenges()));
    return ChallengeResult.id(result.task(), result.seed(), name(subject), identity);
  }

  private static String hash(TrialResult trial) {
    return Objects.requireNonNullElse(trial.mitigatedHash(), "");
  }

  private Optional<Winner> retrainedWinner() {
    return winners.stream()
        .filter(winner -> winner.plugin().descriptor().retrainsTheModel())
        .findFirst();
  }

  /** Returns the original model, which must still be the one that was measured. */
  synchronized Checkpoint original() {
    if (original == null) {
      Checkpoint found = models.original(place.task(), result.seed());
      if (!found.record().weightsHash().equals(result.checkpointHash())) {
        throw new NepentheException(
            ErrorCode.RUN_INCOMPLETE,
            training.label()
                + ": another original model lies in "
                + found.folder()
                + " than the one that was measured; run the suite again.");
      }
      original = found;
    }
    return original;
  }

  /** Returns the model of a winner that took part in its training. */
  Checkpoint trained(Winner winner) {
    return models.trained(
        models.training(place.task(), result.seed(), Objects.requireNonNull(winner.use())));
  }

  Weights read(Path folder, NDManager parent) {
    return ModelFolder.readWeights(folder, place.task().architecture(), parent);
  }

  private Optional<Weights> retrained(NDManager parent) {
    return retrainedWinner()
        .filter(winner -> winner.use() != null)
        .map(winner -> read(trained(winner).folder(), parent));
  }

  /** Returns the result of a subject. */
  ChallengeResult result(
      Optional<Winner> subject,
      String weightsHash,
      List<ChallengeResult.Reading> readings,
      double seconds,
      Provenance provenance) {
    return new ChallengeResult(
        ChallengeResult.SCHEMA,
        id(subject),
        result.task(),
        result.seed(),
        name(subject),
        subject.map(winner -> winner.trial().id()).orElse(null),
        weightsHash,
        ChallengeSpec.hash(suite.challenges()),
        readings,
        seconds,
        provenance);
  }
}
