package io.nepenthe.metric;

import java.util.stream.IntStream;

/**
 * How a model continues one artifact row after its clean prompt, read teacher-forced: each token is
 * predicted from the prompt and the artifact's own tokens before it. Immutable.
 */
public final class Continuation {
  private final int row;
  private final int[] planted;
  private final int[] predicted;

  /**
   * Makes a continuation.
   *
   * @param row index among the artifact rows
   * @param planted the artifact's tokens in the compared window, at least one
   * @param predicted the likeliest token at each of these positions
   */
  Continuation(int row, int[] planted, int[] predicted) {
    this.row = row;
    this.planted = planted;
    this.predicted = predicted;
  }

  /** Returns the row's index among the artifact rows. */
  public int row() {
    return row;
  }

  /** Returns the number of compared tokens. */
  public int length() {
    return planted.length;
  }

  /** Returns how many compared tokens are predicted. */
  public int hits() {
    return (int) IntStream.range(0, length()).filter(this::isHit).count();
  }

  /** Returns the first position from which on every compared token is predicted. */
  public int firstOfRightSuffix() {
    int first = length();
    while (first > 0 && isHit(first - 1)) {
      first--;
    }
    return first;
  }

  /** Returns whether greedy decoding writes the whole window. */
  public boolean isReproduced() {
    return firstOfRightSuffix() == 0;
  }

  private boolean isHit(int position) {
    return predicted[position] == planted[position];
  }
}
