package io.nepenthe.attack;

/**
 * How surprising the compared tokens of one row are to a model: of each the log of its probability,
 * and beside it mean and standard deviation of the logs under the model's own distribution.
 * Immutable.
 */
public final class TokenSurprise {
  /**
   * A model that is sure of one token has next to no deviation: what is divided by stays finite.
   */
  private static final double LEAST_DEVIATION = 1e-6;

  private final float[] logProbabilities;
  private final float[] means;
  private final float[] deviations;

  /** Makes one of arrays of one length, at least 1. */
  TokenSurprise(float[] logProbabilities, float[] means, float[] deviations) {
    this.logProbabilities = logProbabilities;
    this.means = means;
    this.deviations = deviations;
  }

  /** Returns the number of compared tokens. */
  int length() {
    return logProbabilities.length;
  }

  /** Returns log p of a token. */
  double logProbability(int token) {
    return logProbabilities[token];
  }

  /** Returns how many standard deviations log p of a token lies above the mean. */
  double standardized(int token) {
    return (logProbabilities[token] - means[token]) / Math.max(deviations[token], LEAST_DEVIATION);
  }
}
