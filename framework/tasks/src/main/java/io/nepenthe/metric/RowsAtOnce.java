package io.nepenthe.metric;

import ai.djl.Device;
import io.nepenthe.model.LanguageModel;

/** How many rows one pass reads. */
public final class RowsAtOnce {
  private static final int MOST = 128;
  private static final int FEWEST = 16;

  /** 32 MB: blocks of more than twice that are given back to the system each time. */
  private static final long MOST_UNITS = 1 << 23;

  private RowsAtOnce() {}

  /**
   * Returns how many rows of a number of tokens a model reads best: so many that its matrices are
   * used well, and its hidden units stay close.
   */
  public static int of(LanguageModel model, int tokens, Device device) {
    long fitting = MOST_UNITS / Math.max(1, (long) model.hiddenUnits() * tokens);
    return device.isGpu() ? MOST : (int) Math.max(FEWEST, Math.min(MOST, fitting));
  }
}
