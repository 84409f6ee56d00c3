package io.nepenthe.model;

import ai.djl.ndarray.NDArray;

/**
 * The loss of plain training and its gradient on a CPU in one call, by code that an architecture
 * has written out for both passes. It differs from what autograd computes in the order of additions
 * only.
 */
@FunctionalInterface
public interface FusedGradient {
  /**
   * Returns the mean next-token loss, a scalar, in nats; call it without gradients.
   *
   * @param weights float32
   * @param tokens ids, (B, T), int64
   * @param targets the token after each, row after row, (N), int64
   * @param gradient of the layout of the weights; overwritten
   */
  NDArray compute(Weights weights, NDArray tokens, NDArray targets, Weights gradient);
}
