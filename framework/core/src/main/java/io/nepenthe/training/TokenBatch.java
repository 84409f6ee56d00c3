package io.nepenthe.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.tensor.Torch;

/**
 * Rows ready for next-token prediction. B = rows, T = tokens read, N = B*T. Its arrays belong to
 * the manager it was made with.
 */
public final class TokenBatch {
  private final int[] rows;
  private final NDArray inputs;
  private final NDArray targets;

  private TokenBatch(int[] rows, NDArray inputs, NDArray targets) {
    this.rows = rows;
    this.inputs = inputs;
    this.targets = targets;
  }

  /** Returns the first {@code length} tokens of the given rows: all but the last are read. */
  public static TokenBatch of(NDManager manager, Sequences data, int[] rows, int length) {
    NDArray inputs = Torch.longs(manager, data.copy(rows, 0, length - 1), rows.length, length - 1);
    NDArray targets = Torch.longs(manager, data.copy(rows, 1, length), (length - 1L) * rows.length);
    return new TokenBatch(rows, inputs, targets);
  }

  /** Returns whole rows. */
  public static TokenBatch of(NDManager manager, Sequences data, int[] rows) {
    return of(manager, data, rows, data.length());
  }

  /** Returns the index in the data set of the i-th row. */
  public int row(int i) {
    return rows[i];
  }

  /** Returns the model's input, (B, T), int64. */
  public NDArray inputs() {
    return inputs;
  }

  /** Returns the token after each one read, row after row, (N), int64. */
  public NDArray targets() {
    return targets;
  }

  /** Returns T. */
  public int length() {
    return Math.toIntExact(inputs.getShape().get(1));
  }

  /** Returns B. */
  public int size() {
    return rows.length;
  }
}
