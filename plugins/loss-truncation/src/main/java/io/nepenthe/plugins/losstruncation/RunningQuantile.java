package io.nepenthe.plugins.losstruncation;

import java.util.Arrays;

/**
 * A quantile of the newest values, recomputed now and then.
 *
 * <p>A ring holds the newest {@code window} values. Until that many were seen the threshold is
 * infinite; afterwards it is recomputed whenever more than {@code window} values were seen since
 * the last time. Between two values the quantile is interpolated linearly.
 */
final class RunningQuantile {
  private static final int HEADER = 4;

  private final double share;
  private final float[] ring;
  private int filled;
  private int cursor;
  private int sinceLast;
  private float threshold = Float.POSITIVE_INFINITY;

  RunningQuantile(double share, int window) {
    this.share = share;
    this.ring = new float[window];
  }

  /** Takes up a batch of values, then recomputes the threshold if it is due. */
  void add(float[] values) {
    int skipped = Math.max(0, values.length - ring.length);
    for (int i = skipped; i < values.length; i++) {
      ring[cursor] = values[i];
      cursor = cursor + 1 == ring.length ? 0 : cursor + 1;
    }
    filled = Math.min(filled + values.length, ring.length);
    sinceLast += values.length;
    if (filled == ring.length && sinceLast > ring.length) {
      threshold = quantile();
      sinceLast = 0;
    }
  }

  /** Returns the quantile as last computed; what is not below it is dropped. */
  float threshold() {
    return threshold;
  }

  private float quantile() {
    float[] sorted = ring.clone();
    Arrays.sort(sorted);
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return (float) (sorted[below] + (position - below) * (sorted[above] - sorted[below]));
  }

  /** Returns everything there is to know: counters, threshold, ring. */
  float[] state() {
    float[] state = new float[HEADER + ring.length];
    state[0] = filled;
    state[1] = cursor;
    state[2] = sinceLast;
    state[3] = threshold;
    System.arraycopy(ring, 0, state, HEADER, ring.length);
    return state;
  }

  /** Takes up a state of a quantile over as many values. */
  void restore(float[] state) {
    if (state.length != HEADER + ring.length) {
      throw new IllegalArgumentException(
          "the state is of a window of "
              + (state.length - HEADER)
              + " losses, must be of "
              + ring.length);
    }
    filled = (int) state[0];
    cursor = (int) state[1];
    sinceLast = (int) state[2];
    threshold = state[3];
    System.arraycopy(state, HEADER, ring, 0, ring.length);
  }
}
