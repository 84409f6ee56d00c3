package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.nepenthe.tensor.FloatArrays;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Pieces;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The arrays that hold a model's weights: one float32 vector of all, or one array per tensor, each
 * of its own type.
 */
final class WeightArrays {
  private final ParameterLayout layout;
  private final boolean isFlat;
  private final List<NDArray> arrays;

  private WeightArrays(
      ParameterLayout layout, NDManager manager, boolean isFlat, List<NDArray> arrays) {
    this.layout = layout;
    this.isFlat = isFlat;
    this.arrays = arrays.stream().map(array -> Torch.kept(manager, array)).toList();
  }

  /** Takes a float32 vector of all. */
  static WeightArrays flat(ParameterLayout layout, NDManager manager, NDArray all) {
    return new WeightArrays(layout, manager, true, List.of(all));
  }

  /** Takes an array per tensor, in model order. */
  static WeightArrays byTensor(ParameterLayout layout, NDManager manager, List<NDArray> tensors) {
    return new WeightArrays(layout, manager, false, tensors);
  }

  static WeightArrays zeros(ParameterLayout layout, NDManager manager) {
    return flat(layout, manager, manager.zeros(new Shape(layout.size())));
  }

  static WeightArrays zeros(
      ParameterLayout layout, NDManager manager, Function<TensorSpec, FloatType> types) {
    List<NDArray> tensors = new ArrayList<>();
    for (TensorSpec tensor : layout.tensors()) {
      tensors.add(FloatArrays.zeros(manager, types.apply(tensor), tensor.dimensions()));
    }
    return byTensor(layout, manager, tensors);
  }

  boolean isFlat() {
    return isFlat;
  }

  /** Returns the arrays themselves. */
  List<NDArray> all() {
    return arrays;
  }

  /** Returns a view of a tensor in its shape. */
  NDArray tensor(TensorSpec tensor) {
    NDArray entries =
        isFlat
            ? Pieces.part(arrays.get(0), tensor.offset(), tensor.size())
            : arrays.get(layout.index(tensor.name()));
    return entries.reshape(tensor.dimensions());
  }

  FloatType type(TensorSpec tensor) {
    return isFlat ? FloatType.FLOAT32 : FloatArrays.type(arrays.get(layout.index(tensor.name())));
  }

  /**
   * Returns every tensor in its shape, differentiable in the one vector. Vectors, which are small,
   * are widened.
   */
  NDArray[] parameters() {
    List<NDArray> pieces = isFlat ? Ops.split(arrays.get(0), layout.sizes()) : arrays;
    NDArray[] parameters = new NDArray[pieces.size()];
    for (int i = 0; i < parameters.length; i++) {
      long[] shape = layout.tensors().get(i).dimensions();
      NDArray array = pieces.get(i).reshape(shape);
      parameters[i] = isFlat || shape.length > 1 ? array : FloatArrays.widened(array);
    }
    return parameters;
  }

  WeightArrays copyIn(NDManager manager) {
    List<NDArray> copies = arrays.stream().map(NDArray::duplicate).toList();
    return new WeightArrays(layout, manager, isFlat, copies);
  }

  /** Returns a float32 vector of the same values. */
  WeightArrays flattened(NDManager manager) {
    WeightArrays flat = zeros(layout, manager);
    flat.set(this);
    return flat;
  }

  /** Overwrites all values with others, rounded to the types of these. */
  void set(WeightArrays other) {
    if (isFlat && other.isFlat) {
      Ops.copyInPlace(arrays.get(0), other.arrays.get(0));
      return;
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (TensorSpec tensor : layout.tensors()) {
        Ops.copyInPlace(tensor(tensor), other.tensor(tensor));
      }
    }
  }

  void detach() {
    arrays.forEach(NDArray::detach);
  }

  void close() {
    arrays.forEach(NDArray::close);
  }
}
