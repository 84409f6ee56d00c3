package io.nepenthe.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.tensor.Torch;

/**
 * Rows ready for next-token prediction. B = rows, T = tokens read, N = B*T.
 *
 * @param rows which rows of the data set these are
 * @param inputs what the model reads, (B, T), int64
 * @param targets the token after each, row after row, (N), int64
 */
public record TokenBatch(int[] rows, NDArray inputs, NDArray targets) {
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

  /** Returns B. */
  public int size() {
    return rows.length;
  }
}
