package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/** Where the arrays of weights come from, again and again. */
@FunctionalInterface
public interface WeightSource {
  /** Returns an array per tensor, in model order, that nobody has written to. */
  List<NDArray> arrays(NDManager manager);

  /**
   * Returns the array of one tensor alone, by its place in model order, that nobody has written to.
   */
  default NDArray array(NDManager manager, int tensor) {
    List<NDArray> all = arrays(manager);
    for (int i = 0; i < all.size(); i++) {
      if (i != tensor) {
        all.get(i).close();
      }
    }
    return all.get(tensor);
  }
}
