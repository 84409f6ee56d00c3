package io.nepenthe.selection;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** The best trial of each seed, as the paper chooses: every seed may have its own setting. */
final class PerSeed {
  private PerSeed() {}

  /** Returns the best trial by seed, rising; seeds without a trial are not in it. */
  static Map<Long, ScoredTrial> choose(Collection<ScoredTrial> trials) {
    Map<Long, ScoredTrial> best = new TreeMap<>();
    for (ScoredTrial trial : trials) {
      best.merge(trial.seed(), trial, BinaryOperator.minBy(ScoredTrial.BEST_FIRST));
    }
    return best;
  }
}
