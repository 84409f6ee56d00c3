package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of the tokens a model has read, per layer, (B, heads, T, head size); heads that
 * share them have them once.
 */
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

  /** Returns true if a layer has no keys and values yet. */
  public boolean isEmpty(int layer) {
    return layer >= keys.size();
  }

  /** Adds a layer's keys and values of new tokens, (B, heads, T, head size). */
  public void append(int layer, NDArray newKeys, NDArray newValues) {
    if (isEmpty(layer)) {
      keys.add(Torch.kept(manager, newKeys.duplicate()));
      values.add(Torch.kept(manager, newValues.duplicate()));
    } else {
      keys.set(layer, extended(keys.get(layer), newKeys));
      values.set(layer, extended(values.get(layer), newValues));
    }
  }

  /**
   * Puts longer keys and values, of the tokens read before and new ones, in the place of a layer's.
   */
  void replace(int layer, NDArray longerKeys, NDArray longerValues) {
    keys.set(layer, Torch.kept(manager, longerKeys)).close();
    values.set(layer, Torch.kept(manager, longerValues)).close();
  }

  /** Returns the keys of a layer that has some, (B, heads, T, head size). */
  public NDArray keys(int layer) {
    return keys.get(layer);
  }

  /** Returns the values of a layer that has some, (B, heads, T, head size). */
  public NDArray values(int layer) {
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
}
