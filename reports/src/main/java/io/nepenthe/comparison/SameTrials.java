package io.nepenthe.comparison;

import java.util.Map;

/**
 * Trials that both runs have: the same method, jar, setting, seed, model and rows. On one class of
 * machines such trials leave the same weights to the bit; elsewhere their last digits may differ.
 *
 * @param count how many have weights in both
 * @param equal how many of these left the same weights
 */
public record SameTrials(int count, int equal) {
  /** Compares the hashes of the weights that trials left, by the trial's id. */
  static SameTrials of(Map<String, String> before, Map<String, String> after) {
    int equal = 0;
    int count = 0;
    for (Map.Entry<String, String> trial : before.entrySet()) {
      String other = after.get(trial.getKey());
      count += other == null ? 0 : 1;
      equal += trial.getValue().equals(other) ? 1 : 0;
    }
    return new SameTrials(count, equal);
  }
}
