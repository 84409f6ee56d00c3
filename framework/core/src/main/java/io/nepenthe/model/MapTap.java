package io.nepenthe.model;

import ai.djl.ndarray.NDArray;

/**
 * A place to read or change what linear maps read and write, those of attention and of MLPs: {@link
 * Tap} sees what flows between them. A recorder stores what it is given; a statistic of output
 * gradients adds a leaf of zeros and looks at its gradient.
 */
@FunctionalInterface
public interface MapTap {
  /**
   * Returns what the map's output is taken to be.
   *
   * @param read (N, inputs)
   * @param written what the map makes of it, bias included, (N, outputs)
   * @return (N, outputs)
   */
  NDArray written(LinearMap map, NDArray read, NDArray written);
}
