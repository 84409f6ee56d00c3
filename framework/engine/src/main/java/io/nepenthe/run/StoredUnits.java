package io.nepenthe.run;

import io.nepenthe.pluginhost.InstalledPlugin;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.Results;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.suite.Suite;
import io.nepenthe.suite.TaskSpec;
import io.nepenthe.suite.TrainingPlan;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells which units have all their results, by what is stored alone: no rows are built, and no
 * model is read. Thread-safe.
 */
final class StoredUnits {
  private final RunPlan plan;
  private final Results results;
  private final Map<String, String> taskHashes = new ConcurrentHashMap<>();

  StoredUnits(RunPlan plan, Results results) {
    this.plan = plan;
    this.results = results;
  }

  /**
   * Returns true if all results of a unit are there.
   *
   * @param withoutFailed whether failed trials count as not there
   */
  boolean areThere(WorkUnit unit, boolean withoutFailed) {
    return unit.tasks().stream().allMatch(task -> areThere(unit, task, withoutFailed));
  }

  /** Returns true if those of one of its tasks are. */
  boolean areThere(WorkUnit unit, String task, boolean withoutFailed) {
    Optional<OriginalResult> original = original(task, unit.seed());
    String method = unit.method();
    if (original.isEmpty() || method == null) {
      return original.isPresent();
    }
    InstalledPlugin plugin = plan.method(plan.task(task), method).plugin();
    return unit.points().stream()
        .allMatch(
            point ->
                trial(original.get(), plugin, point)
                    .filter(trial -> !withoutFailed || !trial.outcome().hasFailed())
                    .isPresent());
  }

  private Optional<OriginalResult> original(String task, long seed) {
    return results
        .original(OriginalResult.id(task, seed))
        .filter(stored -> stored.taskHash().equals(hash(task)));
  }

  private Optional<TrialResult> trial(
      OriginalResult original, InstalledPlugin plugin, Map<String, Number> point) {
    return results
        .trial(identity(original, plugin, point).on(original.dataHash(), original.checkpointHash()))
        .filter(trial -> trial.isOf(original));
  }

  private TrialIdentity identity(
      OriginalResult original, InstalledPlugin plugin, Map<String, Number> point) {
    return TrialIdentity.of(
        plan.suite(),
        original.task(),
        original.taskHash(),
        original.seed(),
        plugin.id(),
        plugin.version(),
        plugin.sha256(),
        point);
  }

  private String hash(String task) {
    return taskHashes.computeIfAbsent(task, id -> plan.task(id).hash());
  }

  /**
   * Returns true if the cache holds, by its record, the model that was measured: trained on the
   * rows as they are now, since those are in the training's name. Files for methods are not.
   */
  boolean haveModel(String task, long seed, Path cache) {
    TaskSpec spec = plan.task(task);
    if (spec.isGiven() || !spec.files().isEmpty()) {
      return false;
    }
    Suite suite = plan.suite();
    @Nullable String weights =
        new TrainingPlan(spec, seed, suite.fidelity(), suite.threads(), suite.device(), null)
            .checkpoints(cache)
            .recordedWeights(spec.mitigatedPasses())
            .orElse(null);
    return weights != null
        && original(task, seed)
            .filter(original -> original.checkpointHash().equals(weights))
            .isPresent();
  }
}
