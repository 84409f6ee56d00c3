package io.nepenthe.model;

import ai.djl.ndarray.NDArray;

/**
 * Tensors that are made for the block that reads them and forgotten behind it, masked or widened,
 * say; and what becomes of their gradients, which are handed over as soon as a block's are known.
 * Neither all that is made nor all gradients are ever there at once.
 */
public interface LateTensors {
  /** None at all. */
  LateTensors NONE =
      new LateTensors() {
        @Override
        public boolean has(String name) {
          return false;
        }

        @Override
        public NDArray make(String name) {
          throw new IllegalArgumentException(name);
        }

        @Override
        public void take(String name, NDArray gradient) {
          throw new IllegalArgumentException(name);
        }
      };

  /** Returns true if a tensor of that name is made. */
  boolean has(String name);

  /**
   * Returns a tensor in its stored shape, an array of nobody else, computed without gradients; made
   * once for a block's forward pass, and once more, equal, for its gradient.
   */
  NDArray make(String name);

  /**
   * Takes the gradient at a tensor that was made, last block first; it belongs to the scope of the
   * call. Where no gradient reaches a block, nothing is taken.
   */
  void take(String name, NDArray gradient);
}
