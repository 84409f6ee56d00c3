package io.nepenthe.tensor;

import ai.djl.Device;

/** Number of rows of logits held at a time. */
public final class LogitRows {
  /** 16 MB, which processors keep in their caches. */
  private static final long MOST_LOGITS = 1 << 22;

  /** Half a gigabyte: a GPU has no use for small products. */
  private static final long MOST_LOGITS_ON_A_GPU = 1 << 27;

  private static final long FEWEST_ROWS = 64;

  private LogitRows() {}

  /** Returns the number of rows, at least 64, for a vocabulary on a device. */
  public static int atOnce(long vocabulary, Device device) {
    long most = device.isGpu() ? MOST_LOGITS_ON_A_GPU : MOST_LOGITS;
    return Math.toIntExact(Math.max(FEWEST_ROWS, most / vocabulary));
  }
}
