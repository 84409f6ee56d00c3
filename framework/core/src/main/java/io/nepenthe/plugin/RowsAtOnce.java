package io.nepenthe.plugin;

/**
 * How many rows a method puts through the model at once, where its result does not depend on that.
 * A method that asks can be run again with fewer, where a GPU's memory was too small for as many.
 * Not thread-safe.
 */
public final class RowsAtOnce {
  private int divisor = 1;
  private int most;

  /** Returns so many rows, or fewer if that was too much before; at least one. */
  int of(int usual) {
    int rows = Math.max(1, usual / divisor);
    most = Math.max(most, rows);
    return rows;
  }

  /**
   * Halves the number from now on.
   *
   * @return false if nobody has asked since, or one row was too much already
   */
  public boolean halve() {
    boolean helps = most > 1;
    if (helps) {
      divisor *= 2;
    }
    most = 0;
    return helps;
  }
}
