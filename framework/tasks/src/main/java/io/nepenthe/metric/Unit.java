package io.nepenthe.metric;

/** What a metric's numbers are of, and between which they lie. */
public enum Unit {
  /** Per cent of rows or of tokens, 0 to 100. */
  PERCENT(0, 100, 2),
  /** A part of a whole, a probability or a similarity, 0 to 1. */
  SHARE(0, 1, 3),
  /** One quantity in units of another, at least 0. */
  RATIO(0, Double.POSITIVE_INFINITY, 3),
  /** The number of equally likely tokens that would be as surprising, at least 1. */
  PERPLEXITY(1, Double.POSITIVE_INFINITY, 2);

  private final double lowest;
  private final double highest;
  private final int decimals;

  Unit(double lowest, double highest, int decimals) {
    this.lowest = lowest;
    this.highest = highest;
    this.decimals = decimals;
  }

  /** Returns the least number there is. */
  public double lowest() {
    return lowest;
  }

  /** Returns the largest number there is. */
  public double highest() {
    return highest;
  }

  /** Returns how many decimals tables print. */
  public int decimals() {
    return decimals;
  }
}
