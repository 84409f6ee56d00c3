package io.nepenthe.attack;

/**
 * How far an artifact stands out among candidates of the same generator that were never planted
 * (Carlini et al., 2019): log2 of the number of candidates, itself included, less log2 of its rank,
 * the likeliest first. A model that was trained on none gives every rank alike: 1.44 bits in the
 * mean of many candidates.
 */
public final class Exposure {
  private static final double BIT = Math.log(2);

  private final double[] candidates;

  /**
   * Ranks among candidates.
   *
   * @param neverPlanted a score of each, the likelier the higher; at least one
   */
  public Exposure(double... neverPlanted) {
    candidates = neverPlanted.clone();
  }

  /** Returns the exposure of an artifact in bits; of equals it is in the middle. */
  public double bits(double score) {
    double likelier = 0;
    for (double each : candidates) {
      likelier += each > score ? 1 : each == score ? 0.5 : 0;
    }
    return (Math.log(candidates.length + 1) - Math.log(1 + likelier)) / BIT;
  }
}
