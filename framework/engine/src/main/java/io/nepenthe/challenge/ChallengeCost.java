package io.nepenthe.challenge;

import io.nepenthe.suite.ChallengeSpec;
import java.util.List;

/**
 * What it costs to challenge one model, in rows that pass through it.
 *
 * @param read rows read forwards
 * @param trained rows of training steps
 * @param runs how often its method runs again
 */
public record ChallengeCost(double read, double trained, int runs) {
  /**
   * What the cost depends on.
   *
   * @param artifacts rows on which memorization is measured
   * @param tests rows of all test sets
   * @param batch rows of a training step; 0 where the task says nothing of training
   */
  public record Rows(int artifacts, int tests, int batch) {
    /** Returns the rows of one measurement of memorization and utility. */
    int measured() {
      return artifacts + tests;
    }

    /** Returns the artifact rows that a challenge looks at which says how many at most. */
    int artifacts(int most) {
      return Math.min(most, artifacts);
    }
  }

  /** Returns the cost of all challenges together. */
  public static ChallengeCost of(List<ChallengeSpec> asked, Rows rows) {
    return asked.stream()
        .map(each -> Challenges.cost(each, rows))
        .reduce(new ChallengeCost(0, 0, 0), ChallengeCost::plus);
  }

  /** Returns the cost of so many rows that are read, and nothing else. */
  static ChallengeCost ofReading(double rows) {
    return new ChallengeCost(rows, 0, 0);
  }

  private ChallengeCost plus(ChallengeCost other) {
    return new ChallengeCost(read + other.read, trained + other.trained, runs + other.runs);
  }
}
