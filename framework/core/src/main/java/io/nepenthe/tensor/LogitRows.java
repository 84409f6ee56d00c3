package io.nepenthe.tensor;

import ai.djl.Device;

/** How many logits are held at a time. */
public final class LogitRows {
  /** 16 MB, which processors keep in their caches. */
  private static final long MOST_LOGITS = 1 << 22;

  /** Half a gigabyte: a GPU has no use for small products. */
  private static final long MOST_LOGITS_ON_A_GPU = 1 << 27;

  private static final long FEWEST_ROWS = 64;

  /** Rows for which a part of a large table is rearranged once. */
  private static final long PREDICTED_ROWS = 4096;

  private static final long MOST_WEIGHTS = 1 << 24;

  private LogitRows() {}

  /** Returns the number of rows, at least 64, for a vocabulary on a device. */
  public static int atOnce(long vocabulary, Device device) {
    return atLeast(FEWEST_ROWS, most(device) / vocabulary);
  }

  /** Returns the number of rows that are predicted together. */
  static int predicted(long vocabulary, Device device) {
    return atLeast(PREDICTED_ROWS, most(device) / vocabulary);
  }

  /** Returns how many of the table's rows, of a width, so many states are multiplied by at once. */
  static long columns(long states, long width, Device device) {
    return atLeast(1, Math.min(most(device) / states, MOST_WEIGHTS / width));
  }

  private static long most(Device device) {
    return device.isGpu() ? MOST_LOGITS_ON_A_GPU : MOST_LOGITS;
  }

  private static int atLeast(long fewest, long number) {
    return Math.toIntExact(Math.max(fewest, number));
  }
}
