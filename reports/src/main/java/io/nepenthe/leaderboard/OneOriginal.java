package io.nepenthe.leaderboard;

import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.TrialIdentity;
import io.nepenthe.runstore.TrialResult;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The original model that counts for each seed of a task. Other machines and threads train other
 * bits from one seed. If each of these models counted, whoever runs a suite again would be given
 * the better of two results, and methods would be paired by seed that never saw the same model. So
 * one counts: that on which most methods have a result; of equal ones, the first.
 */
final class OneOriginal {
  private final Map<Long, String> bySeed = new TreeMap<>();

  private OneOriginal(Collection<TrialResult> trials) {
    Map<Long, Map<String, Candidate>> candidates = new TreeMap<>();
    for (TrialResult trial : trials) {
      TrialIdentity identity = trial.identity();
      candidates
          .computeIfAbsent(identity.seed(), seed -> new HashMap<>())
          .computeIfAbsent(identity.checkpointHash(), Candidate::new)
          .add(trial);
    }
    candidates.forEach(
        (seed, models) ->
            bySeed.put(
                seed, models.values().stream().min(Candidate.BEST_FIRST).orElseThrow().hash));
  }

  private static final class Candidate {
    static final Comparator<Candidate> BEST_FIRST =
        Comparator.<Candidate>comparingInt(each -> -each.methods.size())
            .thenComparing(each -> each.firstEnded)
            .thenComparing(each -> each.hash);

    private final String hash;
    private final Set<String> methods = new HashSet<>();
    private String firstEnded = "~"; // behind every instant

    Candidate(String hash) {
      this.hash = hash;
    }

    void add(TrialResult trial) {
      if (trial.isValid() && trial.family() != Family.CONTROL) {
        methods.add(trial.identity().method());
      }
      if (trial.finishedAt().compareTo(firstEnded) < 0) {
        firstEnded = trial.finishedAt();
      }
    }
  }

  /** Chooses among the models of one task. */
  static OneOriginal of(Collection<TrialResult> trials) {
    return new OneOriginal(trials);
  }

  /** Returns true if a trial is of the model that counts. */
  boolean has(TrialResult trial) {
    TrialIdentity identity = trial.identity();
    return identity.checkpointHash().equals(bySeed.get(identity.seed()));
  }

  /** Returns, of each method that lost seeds, which; of all the trials that it was made of. */
  Map<String, Set<Long>> lost(List<TrialResult> trials) {
    Map<String, Set<Long>> lost = new LinkedHashMap<>();
    for (TrialResult trial : trials) {
      if (!has(trial) && trial.isValid()) {
        lost.computeIfAbsent(trial.identity().method(), method -> new TreeSet<>())
            .add(trial.identity().seed());
      }
    }
    for (TrialResult trial : trials) {
      if (has(trial) && trial.isValid()) {
        Optional.ofNullable(lost.get(trial.identity().method()))
            .ifPresent(seeds -> seeds.remove(trial.identity().seed()));
      }
    }
    lost.values().removeIf(Set::isEmpty);
    return lost;
  }
}
