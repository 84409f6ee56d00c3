package io.nepenthe.metric;

/**
 * The (n, p)-discoverable extraction of Hayes et al. (2024): of n continuations sampled at
 * temperature 1, at least one is the row's own with a probability of at least p. With z the
 * probability of the row's continuation, 1 - (1 - z)^n >= p.
 */
public final class Extractability {
  private Extractability() {}

  /**
   * Returns whether so many samples are enough.
   *
   * @param logProbability of the row's continuation
   * @param probability p, in (0, 1)
   */
  public static boolean isFoundIn(double samples, double logProbability, double probability) {
    return samples * Math.log1p(-Math.exp(logProbability)) <= Math.log1p(-probability);
  }

  /** Returns the least number of samples that are enough, at least 1; infinite if none are. */
  public static double samples(double logProbability, double probability) {
    double needed = Math.log1p(-probability) / Math.log1p(-Math.exp(logProbability));
    return Math.max(1, Math.ceil(needed));
  }
}
