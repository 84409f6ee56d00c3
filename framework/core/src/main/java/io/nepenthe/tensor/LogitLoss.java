package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;

/** A loss of some positions' logits that needs all of them, not the target's alone. */
@FunctionalInterface
public interface LogitLoss {
  /**
   * Returns the loss of some consecutive ones of all positions, each by itself, differentiable in
   * their logits. It may be asked twice for the same ones.
   *
   * @param logits of these positions, (to - from, V)
   * @param from the first of them
   * @param to the one behind the last
   * @return (to - from)
   */
  NDArray of(NDArray logits, long from, long to);
}
