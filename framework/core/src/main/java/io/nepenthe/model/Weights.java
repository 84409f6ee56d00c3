package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import java.util.List;

/**
 * The values of a model's parameters, in one flat float32 vector.
 *
 * <p>One vector makes the gradient one concatenation, the optimizer one call and a snapshot one
 * copy. Owns its memory: close it. Not thread-safe.
 */
public final class Weights implements AutoCloseable {
  private final ParameterLayout layout;
  private final NDManager manager;
  private final NDArray flat;

  private Weights(ParameterLayout layout, NDManager manager, NDArray flat) {
    this.layout = layout;
    this.manager = manager;
    this.flat = Torch.kept(manager, flat);
  }

  /** Returns weights with the given values, in model order, in a sub-manager of {@code parent}. */
  public static Weights of(ParameterLayout layout, NDManager parent, float[] values) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          values.length + " values for a model of " + layout.size() + " parameters");
    }
    NDManager manager = parent.newSubManager();
    return new Weights(layout, manager, Torch.floats(manager, values, values.length));
  }

  /** Returns the names, shapes and offsets. */
  public ParameterLayout layout() {
    return layout;
  }

  /** Returns the flat vector, (P); it belongs to these weights. */
  public NDArray flat() {
    return flat;
  }

  /** Returns the manager the weights live in, on their device. */
  public NDManager manager() {
    return manager;
  }

  /**
   * Returns every tensor in its shape; differentiable in {@link #flat} if that requires gradients.
   */
  public Parameters parameters() {
    List<NDArray> pieces = Ops.split(flat, layout.sizes());
    NDArray[] arrays = new NDArray[pieces.size()];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = pieces.get(i).reshape(layout.tensors().get(i).dimensions());
    }
    return new Parameters(layout, arrays);
  }

  /** Returns a view of one tensor; writing to it in place, without gradients, edits the weights. */
  public NDArray tensor(String name) {
    TensorSpec tensor = layout.tensor(name);
    return flat.get(tensor.offset() + ":" + (tensor.offset() + tensor.size()))
        .reshape(tensor.dimensions());
  }

  /** Returns a copy in the same parent manager. */
  public Weights copy() {
    NDManager copyManager = manager.getParentManager().newSubManager();
    return new Weights(layout, copyManager, flat.duplicate());
  }

  /** Overwrites these weights with those of another model of the same layout. */
  public void set(Weights other) {
    Ops.copyInPlace(flat, other.flat);
  }

  /** Returns the values in model order. */
  public float[] toFloats() {
    return flat.toFloatArray();
  }

  @Override
  public void close() {
    manager.close();
  }
}
