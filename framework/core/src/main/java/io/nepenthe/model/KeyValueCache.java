package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of the tokens a model has read, per layer, (B, heads, T, head size); heads that
 * share them have them once. New ones are written behind those that are there, for which there is
 * room; where it does not suffice, it is doubled.
 */
public final class KeyValueCache implements AutoCloseable {
  private final NDManager manager;
  private final long tokens;
  private final List<Layer> layers = new ArrayList<>();

  /** Makes an empty cache in a sub-manager of {@code parent}; the caller closes it. */
  public KeyValueCache(NDManager parent) {
    this(parent, 0);
  }

  /** Makes an empty cache with room for so many tokens of each row. */
  public KeyValueCache(NDManager parent, long tokens) {
    this.manager = parent.newSubManager();
    this.tokens = tokens;
  }

  /** Returns how many tokens of each row have been read. */
  public long length() {
    return layers.isEmpty() ? 0 : layers.get(layers.size() - 1).length;
  }

  /** Returns true if a layer has no keys and values yet. */
  public boolean isEmpty(int layer) {
    return layer >= layers.size();
  }

  /** Adds a layer's keys and values of new tokens, (B, heads, T, head size). */
  public void append(int layer, NDArray newKeys, NDArray newValues) {
    Layer written = withRoom(layer, newKeys, newKeys.getShape());
    long from = written.length;
    written.length += newKeys.getShape().get(2);
    try (NDArray keys = written.keys(from);
        NDArray values = written.values(from)) {
      Ops.copyInPlace(keys, newKeys);
      Ops.copyInPlace(values, newValues);
    }
  }

  /**
   * Adds a layer's keys and values of one new token of each row, and returns what its queries make
   * of the values they see; no gradient.
   *
   * @param queries (B, 1, h, d)
   * @param newKeys (B, 1, heads, d); heads divides h
   * @param newValues (B, 1, heads, d)
   * @param turns by which queries and new keys are turned before, as {@link
   *     io.nepenthe.tensor.RotaryOps} has them, or null
   * @param window how many tokens are seen, the new one included
   * @return heads side by side, (B, h*d)
   */
  public NDArray attend(
      int layer,
      NDArray queries,
      NDArray newKeys,
      NDArray newValues,
      @Nullable NDArray turns,
      long window) {
    Shape shape = newKeys.getShape();
    Layer written =
        withRoom(layer, newKeys, new Shape(shape.get(0), shape.get(2), 1, shape.get(3)));
    long position = written.length++;
    return Ops.continuedAttention(
        queries, newKeys, newValues, turns, written.keys, written.values, position, window);
  }

  /**
   * Returns a layer with room for more tokens.
   *
   * @param like an array of their type and on their device
   * @param more (B, heads, T, head size)
   */
  private Layer withRoom(int layer, NDArray like, Shape more) {
    if (isEmpty(layer)) {
      layers.add(new Layer(like, more, Math.max(tokens, more.get(2))));
    }
    Layer found = layers.get(layer);
    long needed = found.length + more.get(2);
    long there = found.keys.getShape().get(2);
    if (needed > there) {
      Layer larger = new Layer(like, more, Math.max(needed, 2 * there));
      larger.take(found);
      layers.set(layer, larger);
    }
    return layers.get(layer);
  }

  /** Returns the keys of a layer that has some, (B, heads, T, head size). */
  public NDArray keys(int layer) {
    return layers.get(layer).keys(0);
  }

  /** Returns the values of a layer that has some, (B, heads, T, head size). */
  public NDArray values(int layer) {
    return layers.get(layer).values(0);
  }

  /** Keys and values of one layer, (B, heads, tokens that there is room for, head size). */
  private final class Layer {
    final NDArray keys;
    final NDArray values;
    long length;

    Layer(NDArray like, Shape shape, long room) {
      this.keys = empty(like, shape, room);
      this.values = empty(like, shape, room);
    }

    private NDArray empty(NDArray like, Shape shape, long room) {
      Shape all = new Shape(shape.get(0), shape.get(1), room, shape.get(3));
      return Torch.kept(manager, manager.create(all, like.getDataType(), like.getDevice()));
    }

    /** Returns keys from a token on. */
    NDArray keys(long from) {
      return keys.get(":, :, " + from + ":" + length);
    }

    /** Returns values from a token on. */
    NDArray values(long from) {
      return values.get(":, :, " + from + ":" + length);
    }

    /** Takes over what another holds, which is closed. */
    void take(Layer smaller) {
      length = smaller.length;
      try (NDArray ownKeys = keys(0);
          NDArray ownValues = values(0);
          NDArray theirKeys = smaller.keys(0);
          NDArray theirValues = smaller.values(0)) {
        Ops.copyInPlace(ownKeys, theirKeys);
        Ops.copyInPlace(ownValues, theirValues);
      }
      smaller.keys.close();
      smaller.values.close();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
