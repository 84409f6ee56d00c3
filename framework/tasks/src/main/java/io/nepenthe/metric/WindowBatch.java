package io.nepenthe.metric;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;

/**
 * Prompted rows with a continuation forced upon them, ready to be read. B = rows, T = tokens read,
 * N = compared tokens of all rows, D = width.
 */
public final class WindowBatch {
  private final int[] rows;
  private final NDArray tokens; // (B, T)
  private final NDArray places; // (N), before each compared token
  private final NDArray targets; // (N)

  WindowBatch(int[] rows, NDArray tokens, NDArray places, NDArray targets) {
    this.rows = rows.clone();
    this.tokens = tokens;
    this.places = places;
    this.targets = targets;
  }

  /** Returns the rows, by index. */
  public int[] rows() {
    return rows.clone();
  }

  /** Returns the compared tokens, row after row, (N), int64. */
  public NDArray targets() {
    return targets;
  }

  /** Returns the hidden states from which a model predicts the compared tokens, (N, D). */
  public NDArray states(LanguageModel model, Parameters parameters) {
    return model.hiddenStates(parameters, tokens, Tap.NONE).get(places);
  }
}
