package io.nepenthe.plugins.integratedgradients;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Neighbouring positions of a row.
 *
 * @param from the first
 * @param to the one after the last
 */
record Span(int from, int to) {
  /** Returns the positions from {@code from} to before {@code to}, {@code most} at a time. */
  static List<Span> cut(int from, int to, int most) {
    List<Span> spans = new ArrayList<>();
    for (int start = from; start < to; start += most) {
      spans.add(new Span(start, Math.min(start + most, to)));
    }
    return spans;
  }

  /** Returns the index of these positions in an array of (B, T, ...). */
  String columns() {
    return ":, " + from + ":" + to;
  }

  /** Returns how many leading tokens some position sees, itself excepted; at least 1. */
  int earlier() {
    return Math.max(1, to - 1);
  }

  /**
   * Returns 0 where a branch sees an earlier token and -infinity where not, row after row.
   *
   * @param times how many branches stand at each position
   * @return (P*times, {@link #earlier})
   */
  float[] attentionMask(int times) {
    float[] mask = new float[(to - from) * times * earlier()];
    for (int branch = 0; branch < (to - from) * times; branch++) {
      int position = from + branch / times;
      int row = branch * earlier();
      Arrays.fill(mask, row + position, row + earlier(), Float.NEGATIVE_INFINITY);
    }
    return mask;
  }
}
