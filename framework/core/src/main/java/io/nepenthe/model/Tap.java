package io.nepenthe.model;

import ai.djl.ndarray.NDArray;

/**
 * A place to read or change what flows through a model: the hidden units of every MLP, after the
 * activation, and the residual stream between the blocks.
 *
 * <p>A neuron mask multiplies; a recorder stores and returns its argument; a dropout multiplies by
 * a random mask.
 */
@FunctionalInterface
public interface Tap {
  /** Leaves everything as it is. */
  Tap NONE = (layer, activation) -> activation;

  /**
   * Returns the values that the layer's second linear map reads instead.
   *
   * @param layer from 0
   * @param activation hidden units after the activation function, (B, T, H)
   * @return (B, T, H)
   */
  NDArray hidden(int layer, NDArray activation);

  /**
   * Returns the residual stream that block {@code layer} is to read; with {@code layer} = L, the
   * stream that leaves the last block.
   *
   * @param layer from 0 to L
   * @param stream (B, T, D)
   * @return (B, T, D)
   */
  default NDArray stream(int layer, NDArray stream) {
    return stream;
  }
}
