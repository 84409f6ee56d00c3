package io.nepenthe.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.protocol.StableHash;
import io.nepenthe.tensor.Torch;

/**
 * Rows ready for next-token prediction. B = rows, T = tokens read, N = B*T. Its arrays belong to
 * the manager it was made with.
 */
public final class TokenBatch {
  private final Sequences data;
  private final int[] rows;
  private final NDArray inputs;
  private final NDArray targets;

  private TokenBatch(Sequences data, int[] rows, NDArray inputs, NDArray targets) {
    this.data = data;
    this.rows = rows;
    this.inputs = inputs;
    this.targets = targets;
  }

  /** Returns the first {@code length} tokens of the given rows: all but the last are read. */
  public static TokenBatch of(NDManager manager, Sequences data, int[] rows, int length) {
    NDArray inputs = Torch.longs(manager, data.copy(rows, 0, length - 1), rows.length, length - 1);
    NDArray targets = Torch.longs(manager, data.copy(rows, 1, length), (length - 1L) * rows.length);
    return new TokenBatch(data, rows, inputs, targets);
  }

  /** Returns whole rows. */
  public static TokenBatch of(NDManager manager, Sequences data, int[] rows) {
    return of(manager, data, rows, data.length());
  }

  /** Returns the index in the data set of the i-th row. */
  public int row(int i) {
    return rows[i];
  }

  /**
   * Returns a hash of some tokens of the i-th row. Equal tokens have equal hashes, in whatever row,
   * place or run they are.
   *
   * @param from the first of them, from 0
   * @param to the position behind the last, up to T + 1: what is at T is predicted, and not read
   */
  public long hash(int i, int from, int to) {
    long hash = (long) to - from;
    for (int position = from; position < to; position++) {
      hash = StableHash.of(hash, data.token(rows[i], position));
    }
    return hash;
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
