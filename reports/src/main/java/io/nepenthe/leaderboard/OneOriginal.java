package io.nepenthe.leaderboard;

import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The original model that counts for each seed of a task. Other machines and threads train other
 * bits from one seed. If each of these models counted, whoever runs a suite again would be given
 * the better of two results, and methods would be paired by seed that never saw the same model. So
 * one counts: on a board of submissions the first; else that on which most methods have a result,
 * and of equal ones the first.
 */
final class OneOriginal {
  /** What is said of results on others. */
  static final String OTHER = "run on another original model of the seed than the one that counts";

  private final Map<Long, String> bySeed = new TreeMap<>();

  private OneOriginal() {}

  /** Returns the model that came first, of each seed; whoever comes later cannot change it. */
  static OneOriginal first(List<TrialResult> trials) {
    OneOriginal original = new OneOriginal();
    trials.forEach(
        trial -> original.bySeed.putIfAbsent(trial.identity().seed(), model(trial.identity())));
    return original;
  }

  /** Returns the model of most methods, of each seed; of equal ones that which comes first. */
  static OneOriginal ofMost(Collection<TrialResult> trials) {
    OneOriginal original = new OneOriginal();
    original.choose(trials);
    return original;
  }

  private void choose(Collection<TrialResult> trials) {
    Map<Long, Map<String, Model>> candidates = new TreeMap<>(); // models as they come
    for (TrialResult trial : trials) {
      TrialIdentity identity = trial.identity();
      candidates
          .computeIfAbsent(identity.seed(), seed -> new LinkedHashMap<>())
          .computeIfAbsent(model(identity), Model::new)
          .add(trial);
    }
    candidates.forEach(
        (seed, models) ->
            bySeed.put(seed, models.values().stream().min(Model.BEST_FIRST).orElseThrow().hash));
  }

  private static final class Model {
    static final Comparator<Model> BEST_FIRST =
        Comparator.<Model>comparingInt(each -> -each.methods.size());

    private final String hash;
    private final Set<String> methods = new HashSet<>();

    Model(String hash) {
      this.hash = hash;
    }

    void add(TrialResult trial) {
      if (trial.isValid() && trial.family() != Family.CONTROL) {
        methods.add(trial.identity().method());
      }
    }
  }

  private static String model(TrialIdentity trial) {
    return trial.dataHash() + trial.checkpointHash();
  }

  /** Returns true if a trial is of the model that counts. */
  boolean has(TrialResult trial) {
    TrialIdentity identity = trial.identity();
    return model(identity).equals(bySeed.get(identity.seed()));
  }
}
