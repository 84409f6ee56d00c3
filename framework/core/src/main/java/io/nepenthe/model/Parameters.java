package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import io.nepenthe.tensor.FloatType;

/** The tensors an evaluation of a model reads, by name; they may be views, masked, or leaves. */
public final class Parameters {
  private final ParameterLayout layout;
  private final NDArray[] arrays;
  private final FloatType computeType;

  Parameters(ParameterLayout layout, NDArray[] arrays, FloatType computeType) {
    this.layout = layout;
    this.arrays = arrays;
    this.computeType = computeType;
  }

  /** Returns the type in which products of activations with matrices are computed. */
  public FloatType computeType() {
    return computeType;
  }

  /**
   * Returns the tensor of that name, in its stored shape. A matrix may be of half precision: {@link
   * io.nepenthe.tensor.Ops} computes with it as it is, {@link
   * io.nepenthe.tensor.FloatArrays#widened} makes float32 of it.
   */
  public NDArray get(String name) {
    return arrays[layout.index(name)];
  }

  /** Returns these parameters with one tensor replaced, say by a masked or differentiable one. */
  public Parameters with(String name, NDArray replacement) {
    NDArray[] copy = arrays.clone();
    copy[layout.index(name)] = replacement;
    return new Parameters(layout, copy, computeType);
  }
}
