package io.nepenthe.model;

import ai.djl.ndarray.NDArray;

/**
 * A place to read or change the hidden units of every MLP, after the activation.
 *
 * <p>A neuron mask multiplies; a recorder stores and returns its argument; a dropout multiplies by
 * a random mask.
 */
@FunctionalInterface
public interface MlpTap {
  /** Leaves everything as it is. */
  MlpTap NONE = (layer, activation) -> activation;

  /**
   * Returns what the second linear map of the layer's MLP is to read.
   *
   * @param layer from 0
   * @param activation hidden units after the activation function, (B, T, H)
   * @return (B, T, H)
   */
  NDArray apply(int layer, NDArray activation);
}
