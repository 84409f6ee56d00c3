package io.nepenthe.model;

import ai.djl.ndarray.NDArray;

/** The tensors an evaluation of a model reads, by name; they may be views, masked, or leaves. */
public final class Parameters {
  private final ParameterLayout layout;
  private final NDArray[] arrays;

  Parameters(ParameterLayout layout, NDArray[] arrays) {
    this.layout = layout;
    this.arrays = arrays;
  }

  /** Returns the tensor of that name, in its stored shape. */
  public NDArray get(String name) {
    return arrays[layout.index(name)];
  }

  /** Returns these parameters with one tensor replaced, say by a masked or differentiable one. */
  public Parameters with(String name, NDArray replacement) {
    NDArray[] copy = arrays.clone();
    copy[layout.index(name)] = replacement;
    return new Parameters(layout, copy);
  }
}
