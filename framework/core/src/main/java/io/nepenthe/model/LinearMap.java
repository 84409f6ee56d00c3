package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Ops;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of a linear map's tensors, and how its matrix is stored.
 *
 * @param weight its matrix
 * @param bias its bias, (outputs); null if it has none
 * @param inputsFirst true if the matrix is stored (inputs, outputs), false if (outputs, inputs)
 */
public record LinearMap(String weight, @Nullable String bias, boolean inputsFirst) {
  /** Returns a map that is stored (outputs, inputs), by the name before .weight and .bias. */
  public static LinearMap outputsFirst(String name, boolean hasBias) {
    return new LinearMap(name + ".weight", hasBias ? name + ".bias" : null, false);
  }

  /** Returns the names of its tensors, in model order. */
  public List<String> tensors() {
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  /** Returns the dimension of the stored matrix that counts outputs. */
  public int outputAxis() {
    return inputsFirst ? 1 : 0;
  }

  /** Returns a view of its matrix as (inputs, outputs), whichever way and type it is stored in. */
  public NDArray matrix(Parameters parameters) {
    NDArray stored = parameters.get(weight);
    return inputsFirst ? stored : stored.transpose();
  }

  /**
   * Returns what the map makes of rows of N = B*T tokens.
   *
   * @param x (N, inputs)
   * @param batch B
   * @return (N, outputs)
   */
  public NDArray apply(Parameters parameters, NDArray x, long batch) {
    NDArray matrix = parameters.get(weight);
    NDArray added = bias == null ? null : parameters.get(bias);
    FloatType type = parameters.computeType();
    NDArray written =
        inputsFirst
            ? Ops.linear(x, matrix, added, batch, type)
            : Ops.outputsFirstLinear(x, matrix, added, batch, type);
    return parameters.written(this, x, written);
  }
}
