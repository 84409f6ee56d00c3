package io.nepenthe.leaderboard;

import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.Winner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What counts of one entry on one task: of each seed, what the first run that has a result says.
 * Runs that lack nothing go before others. Whoever submits a whole result again changes nothing,
 * however well it does then.
 */
final class Candidate {
  private final EntryKey key;
  private final List<RunResult> runs;
  private final SortedMap<Long, RunResult> bySeed = new TreeMap<>();
  private final SortedSet<Long> elsewhere = new TreeSet<>();

  /**
   * Chooses.
   *
   * @param runs in the order in which they came, at least one; all of them accepted, or none
   */
  Candidate(EntryKey key, List<RunResult> runs, OneOriginal original) {
    this.key = key;
    this.runs = runs.stream().sorted(Comparator.comparing(run -> !run.lacks().isEmpty())).toList();
    for (RunResult run : this.runs) {
      run.winners()
          .forEach(
              (seed, trial) -> {
                if (original.has(trial)) {
                  bySeed.putIfAbsent(seed, run);
                } else {
                  elsewhere.add(seed);
                }
              });
    }
    elsewhere.removeAll(bySeed.keySet());
  }

  EntryKey key() {
    return key;
  }

  RunResult first() {
    return runs.get(0);
  }

  boolean isAccepted() {
    return first().submission().isAccepted();
  }

  /** Returns the seeds that have a result, rising. */
  Set<Long> seeds() {
    return bySeed.keySet();
  }

  /** Returns the seeds whose only results are of another original model than counts. */
  SortedSet<Long> elsewhere() {
    return elsewhere;
  }

  /** Returns the runs that its result is of; the first if it has none. */
  Set<RunResult> counted() {
    return bySeed.isEmpty() ? Set.of(first()) : new LinkedHashSet<>(bySeed.values());
  }

  /** Returns how many runs measured it again in vain. */
  int repetitions() {
    return runs.size() - counted().size();
  }

  /** Returns the trials of some seeds. */
  SortedMap<Long, TrialResult> trials(Set<Long> seeds) {
    SortedMap<Long, TrialResult> trials = new TreeMap<>();
    bySeed.forEach(
        (seed, run) -> {
          if (seeds.contains(seed)) {
            trials.put(seed, Objects.requireNonNull(run.winners().get(seed)));
          }
        });
    return trials;
  }

  /** Returns their scores. */
  SortedMap<Long, Double> scores(Set<Long> seeds) {
    SortedMap<Long, Double> scores = new TreeMap<>();
    bySeed.forEach(
        (seed, run) -> {
          Winner winner = run.selection().winners().get(seed);
          if (seeds.contains(seed)) {
            scores.put(seed, Objects.requireNonNull(winner).score());
          }
        });
    return scores;
  }

  /**
   * Returns why it takes no place by itself, whatever others there are.
   *
   * @param required seeds that it must have
   */
  List<String> lacks(Set<Long> required) {
    Set<String> lacks = new LinkedHashSet<>(first().submission().refusals());
    counted().forEach(run -> lacks.addAll(run.lacks()));
    if (!elsewhere.isEmpty()) {
      lacks.add("seeds " + BoardWords.seeds(List.copyOf(elsewhere)) + ": " + OneOriginal.OTHER);
    }
    List<Long> absent = new ArrayList<>(new TreeSet<>(required));
    absent.removeAll(seeds());
    absent.removeAll(elsewhere);
    if (!absent.isEmpty()) {
      lacks.add("no result of seeds " + BoardWords.seeds(absent));
    }
    return List.copyOf(lacks);
  }
}
