package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;

/**
 * Attention whose queries and keys are turned by their positions. In shapes, B = rows of a batch, T
 * = tokens of a row, h = heads of queries, g = heads of keys and values, a divisor of h, of which
 * h/g neighbouring heads of queries share each, d = size of a head, r = how many entries of a head
 * are turned.
 */
public final class RotaryOps {
  private RotaryOps() {}

  /**
   * Returns the angles' cosines, twice in a row, and their sines, first negative.
   *
   * @param positions (T) or (T, 1), float32
   * @param frequencies the angle of each pair of entries at position 1, (1, r/2)
   * @return (2, T, 1, r)
   */
  public static NDArray turns(NDArray positions, NDArray frequencies) {
    return Ops.script("turns", positions, frequencies);
  }

  /**
   * Turns pairs of entries of every head by angles; differentiable in x.
   *
   * <p>Entry i of the first r is turned with entry i + r/2, as Hugging Face's models have it; those
   * after the first r stay.
   *
   * @param x (B, T, h, d)
   * @param turns of the positions, (2, T, 1, r)
   */
  public static NDArray turned(NDArray x, NDArray turns) {
    return Ops.script("turned", x, turns);
  }

  /**
   * Returns causal attention of queries to keys that are both {@link #turned} before.
   *
   * @param queries (B, T, h, d)
   * @param keys (B, T, g, d)
   * @param values (B, T, g, d)
   * @return (B, T, h, d)
   */
  public static NDArray causalAttention(
      NDArray queries, NDArray keys, NDArray values, NDArray turns) {
    return Ops.script("turned_causal_attention", queries, keys, values, turns);
  }

  /** Returns what {@link #causalAttention} does, of a token and the window-1 before it. */
  public static NDArray windowAttention(
      NDArray queries, NDArray keys, NDArray values, NDArray turns, long window) {
    NDArray size = Ops.constant((double) window);
    return Ops.script("turned_window_attention", queries, keys, values, turns, size);
  }
}
