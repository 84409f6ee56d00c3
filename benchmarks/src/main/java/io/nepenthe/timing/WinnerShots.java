package io.nepenthe.timing;

import io.nepenthe.original.Checkpoint;
import io.nepenthe.original.RegularizerUse;
import io.nepenthe.plugin.Need;
import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TrainingPlan;
import io.nepenthe.task.TaskData;
import io.nepenthe.worker.EarlierModels;
import io.nepenthe.worker.Requests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /**
   * Returns a shot per winner, in their order.
   *
   * @param folder where the rows of each are handed over
   */
  List<TimingShots.Shot> of(TimedMethod method, Path folder) throws IOException {
    List<TimingShots.Shot> shots = new ArrayList<>();
    for (TrialResult winner : method.winners()) {
      Path rows = Files.createDirectory(folder.resolve("rows-" + shots.size()));
      shots.add(shot(method, winner, rows));
    }
    return shots;
  }

  private TimingShots.Shot shot(TimedMethod method, TrialResult winner, Path folder) {
    TrainingPlan training = training(method, winner);
    TrainingPlan timed = training.on(device);
    Checkpoint checkpoint = checkpoint(training);
    TaskData data = training.task().build(training.seed(), training.quirks());
    Map<String, Number> point = winner.identity().hyperparameters();
    Set<Need> needs = method.plugin().descriptor().allNeeds();
    return new TimingShots.Shot(
        training.seed(),
        winner.id(),
        point,
        checkpoint.folder().toString(),
        method.runsInTraining()
            ? Requests.training(timed, needs, data, cache, folder)
            : Requests.mitigation(
                timed,
                data,
                checkpoint,
                forgetRows(method, training.seed()),
                EarlierModels.folders(needs, cache, training),
                method.plugin(),
                List.of(point),
                folder));
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
        ? RegularizerUse.of(plugin, winner.identity().hyperparameters())
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
    return training.task().givenFolder().map(Checkpoint::given).or(() -> trained(training));
  }

  /** The model that was mitigated; of a training that a method took part in the last, its cost. */
  private Optional<Checkpoint> trained(TrainingPlan training) {
    int passes =
        training.regularizer() == null
            ? training.task().mitigatedPasses()
            : training.task().trainedHere().passes();
    return training.checkpoints(cache).find(passes);
  }
}
