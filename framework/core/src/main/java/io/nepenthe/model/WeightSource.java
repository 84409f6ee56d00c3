package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/** Where the arrays of weights come from, again and again. */
@FunctionalInterface
public interface WeightSource {
  /** Returns an array per tensor, in model order, that nobody has written to. */
  List<NDArray> arrays(NDManager manager);
}
