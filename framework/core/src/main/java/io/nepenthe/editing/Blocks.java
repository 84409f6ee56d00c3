package io.nepenthe.editing;

import io.nepenthe.model.Weights;
import io.nepenthe.tensor.FloatType;

/** Whether the blocks of a model are run one at a time where a gradient is wanted. */
public final class Blocks {
  /** From here on, what blocks compute takes more memory than a third more time is worth. */
  private static final long LARGE = 1L << 30;

  private Blocks() {}

  /** Returns true for a model of a billion parameters or more, or of half precision. */
  public static boolean areRunAlone(long parameters, boolean halfPrecision) {
    return halfPrecision || parameters >= LARGE;
  }

  static boolean areRunAlone(Weights weights) {
    boolean half =
        weights.layout().tensors().stream()
            .anyMatch(tensor -> weights.type(tensor) != FloatType.FLOAT32);
    return areRunAlone(weights.layout().size(), half);
  }
}
