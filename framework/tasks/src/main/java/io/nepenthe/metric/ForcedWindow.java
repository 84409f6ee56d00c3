package io.nepenthe.metric;

/** What a model makes of one row's compared window, each token read after the true ones before. */
final class ForcedWindow {
  private final int row;
  private final int[] tokens;
  private final int[] likeliest;
  private final float[] losses;

  /**
   * Makes a window.
   *
   * @param row index among the artifact rows
   * @param tokens that are forced, at least one
   * @param likeliest the token that the model would emit at each of these positions
   * @param losses of the forced tokens, in nats
   */
  ForcedWindow(int row, int[] tokens, int[] likeliest, float[] losses) {
    this.row = row;
    this.tokens = tokens;
    this.likeliest = likeliest;
    this.losses = losses;
  }

  int row() {
    return row;
  }

  int length() {
    return tokens.length;
  }

  int[] tokens() {
    return tokens.clone();
  }

  int[] likeliest() {
    return likeliest.clone();
  }

  boolean isHit(int position) {
    return tokens[position] == likeliest[position];
  }

  /** Returns -log of the probability of all tokens. */
  double totalLoss() {
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    return sum;
  }
}
