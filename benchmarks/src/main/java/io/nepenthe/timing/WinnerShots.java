package io.nepenthe.timing;

import io.nepenthe.corpus.CorpusPlaces;
import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.CheckpointStore;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.original.TrainingPlan;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.Suite;
import io.nepenthe.worker.EarlierModels;
import io.nepenthe.worker.WorkerRequest.MitigationJob;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says how winners are repeated: on which model, which rows, and where. Models are looked up as the
 * suite trained them, whatever device they are timed on.
 */
final class WinnerShots {
  private final Suite suite;
  private final Path cache;
  private final List<OriginalResult> originals;
  private final String device;

  WinnerShots(Suite suite, Path cache, List<OriginalResult> originals, String device) {
    this.suite = suite;
    this.cache = cache;
    this.originals = List.copyOf(originals);
    this.device = device;
  }

  /** A method that trains on rows of its own is charged a training; that is not repeated here. */
  boolean isWholeTraining(TimedMethod method) {
    return method.runsInTraining()
        && method.winners().stream()
            .flatMap(winner -> found(training(method, winner)).stream())
            .anyMatch(checkpoint -> checkpoint.record().ownRows() != null);
  }

  /** Returns a shot per winner, in their order. */
  List<TimingShots.Shot> of(TimedMethod method) {
    return method.winners().stream().map(winner -> shot(method, winner)).toList();
  }

  private TimingShots.Shot shot(TimedMethod method, TrialResult winner) {
    TrainingPlan training = training(method, winner);
    Checkpoint checkpoint = checkpoint(training);
    return new TimingShots.Shot(
        training.seed(),
        winner.id(),
        winner.identity().hyperparameters(),
        new MitigationJob(
            training.on(device),
            checkpoint.folder().toString(),
            checkpoint.fingerprint(),
            EarlierModels.folders(method.plugin().descriptor().allNeeds(), cache, training),
            forgetRows(method, training.seed()),
            method.plugin().jar().toString(),
            method.plugin().sha256(),
            List.of(winner.identity().hyperparameters()),
            CorpusPlaces.fromEnvironment()),
        training.regularizer());
  }

  private List<Integer> forgetRows(TimedMethod method, long seed) {
    return originals.stream()
        .filter(each -> each.task().equals(method.task().id()) && each.seed() == seed)
        .findAny()
        .orElseThrow()
        .memorizedRows();
  }

  private TrainingPlan training(TimedMethod method, TrialResult winner) {
    return new TrainingPlan(
        method.task(),
        winner.identity().seed(),
        suite.fidelity(),
        suite.threads(),
        suite.device(),
        use(method, winner));
  }

  private static @Nullable RegularizerUse use(TimedMethod method, TrialResult winner) {
    InstalledPlugin plugin = method.plugin();
    return method.runsInTraining()
        ? new RegularizerUse(
            plugin.id(),
            plugin.version(),
            plugin.jar().toString(),
            plugin.sha256(),
            winner.identity().hyperparameters())
        : null;
  }

  private Checkpoint checkpoint(TrainingPlan training) {
    return found(training)
        .orElseThrow(
            () ->
                new NepentheException(
                    ErrorCode.BAD_CHECKPOINT,
                    "the model of "
                        + training.label()
                        + " is no longer in the cache; run the suite again."));
  }

  private Optional<Checkpoint> found(TrainingPlan training) {
    return Checkpoint.givenTo(training.task()).or(() -> trained(training));
  }

  /** The model that was mitigated; of a training that a method took part in the last, its cost. */
  private Optional<Checkpoint> trained(TrainingPlan training) {
    int passes =
        training.regularizer() == null
            ? training.task().mitigatedPasses()
            : training.task().trainedHere().passes();
    return new CheckpointStore(cache, training).find(passes);
  }
}
