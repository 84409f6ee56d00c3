package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.List;

/** Keys and values of the tokens a model has read, per layer, (B, heads, T, D/heads). */
public final class KeyValueCache implements AutoCloseable {
  private final NDManager manager;
  private final List<NDArray> keys = new ArrayList<>();
  private final List<NDArray> values = new ArrayList<>();

  /** Makes an empty cache in a sub-manager of {@code parent}; the caller closes it. */
  public KeyValueCache(NDManager parent) {
    this.manager = parent.newSubManager();
  }

  /** Returns how many tokens of each row have been read. */
  public long length() {
    return keys.isEmpty() ? 0 : keys.get(keys.size() - 1).getShape().get(2);
  }

  boolean isEmpty(int layer) {
    return layer >= keys.size();
  }

  void append(int layer, NDArray newKeys, NDArray newValues) {
    if (isEmpty(layer)) {
      keys.add(Torch.kept(manager, newKeys.duplicate()));
      values.add(Torch.kept(manager, newValues.duplicate()));
    } else {
      keys.set(layer, extended(keys.get(layer), newKeys));
      values.set(layer, extended(values.get(layer), newValues));
    }
  }

  NDArray keys(int layer) {
    return keys.get(layer);
  }

  NDArray values(int layer) {
    return values.get(layer);
  }

  private NDArray extended(NDArray before, NDArray added) {
    NDArray longer = Torch.kept(manager, before.concat(added, 2));
    before.close();
    return longer;
  }

  @Override
  public void close() {
    manager.close();
  }

  static NDList split(NDArray qkv, long batch, long heads) {
    long width = qkv.getShape().get(1) / 3;
    NDArray parts =
        qkv.reshape(batch, -1, 3, heads, width / heads) // (N, 3D) -> (B, T, 3, h, d)
            .transpose(2, 0, 3, 1, 4); // -> (3, B, h, T, d)
    return new NDList(parts.get(0), parts.get(1), parts.get(2));
  }
}
