package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Pieces;
import io.nepenthe.tensor.Torch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of a model's parameters, float32, on one device.
 *
 * <p>Those of a model of up to {@link #LARGEST_FLAT} parameters lie in one flat vector, in model
 * order: it makes a training's gradient one concatenation, its optimizer one call and a snapshot
 * one copy. Larger ones are an array per tensor, and so is their memory. Either way a tensor may be
 * read, edited and differentiated by itself, which is all that unlearning and evaluation ask for.
 *
 * <p>Owns its memory: close it. Not thread-safe.
 */
public final class Weights implements AutoCloseable {
  /** Most parameters of one vector, which are as many as a Java array can hold. */
  public static final long LARGEST_FLAT = Integer.MAX_VALUE - 8;

  private final ParameterLayout layout;
  private final NDManager manager;
  private final @Nullable NDArray flat;
  private final List<NDArray> tensors;

  private Weights(ParameterLayout layout, NDManager manager, NDArray flat) {
    this.layout = layout;
    this.manager = manager;
    this.flat = Torch.kept(manager, flat);
    this.tensors = List.of();
  }

  private Weights(ParameterLayout layout, NDManager manager, List<NDArray> tensors) {
    this.layout = layout;
    this.manager = manager;
    this.flat = null;
    this.tensors = tensors.stream().map(tensor -> Torch.kept(manager, tensor)).toList();
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

  /** Returns weights of any size that are 0, in a sub-manager of {@code parent}. */
  public static Weights zeros(ParameterLayout layout, NDManager parent) {
    if (layout.size() > LARGEST_FLAT) {
      return zerosByTensor(layout, parent);
    }
    NDManager manager = parent.newSubManager();
    return new Weights(layout, manager, manager.zeros(new Shape(layout.size())));
  }

  /** Returns weights that are 0, an array per tensor however few they are. */
  static Weights zerosByTensor(ParameterLayout layout, NDManager parent) {
    NDManager manager = parent.newSubManager();
    List<NDArray> tensors = new ArrayList<>();
    for (TensorSpec tensor : layout.tensors()) {
      tensors.add(manager.zeros(new Shape(tensor.dimensions())));
    }
    return new Weights(layout, manager, tensors);
  }

  /** Returns the names, shapes and offsets. */
  public ParameterLayout layout() {
    return layout;
  }

  /**
   * Returns the flat vector, (P); it belongs to these weights.
   *
   * @throws UnsupportedOperationException if there is none, because the model is too large
   */
  public NDArray flat() {
    if (flat == null) {
      throw new UnsupportedOperationException(
          "a model of "
              + layout.size()
              + " parameters is kept tensor by tensor, so it cannot be trained: only up to "
              + LARGEST_FLAT
              + " are one vector");
    }
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
    List<NDArray> pieces = flat == null ? tensors : Ops.split(flat, layout.sizes());
    NDArray[] arrays = new NDArray[pieces.size()];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = pieces.get(i).reshape(layout.tensors().get(i).dimensions());
    }
    return new Parameters(layout, arrays);
  }

  /** Returns a view of one tensor; writing to it in place, without gradients, edits the weights. */
  public NDArray tensor(String name) {
    TensorSpec tensor = layout.tensor(name);
    NDArray entries =
        flat == null
            ? tensors.get(layout.index(name))
            : flat.get(tensor.offset() + ":" + (tensor.offset() + tensor.size()));
    return entries.reshape(tensor.dimensions());
  }

  /** Returns a copy in the same parent manager. */
  public Weights copy() {
    return copyIn(manager.getParentManager());
  }

  /** Returns a copy in a sub-manager of another, on the same device. */
  public Weights copyIn(NDManager parent) {
    NDManager copyManager = parent.newSubManager();
    return flat == null
        ? new Weights(layout, copyManager, tensors.stream().map(NDArray::duplicate).toList())
        : new Weights(layout, copyManager, flat.duplicate());
  }

  /** Overwrites these weights with those of another model of the same layout. */
  public void set(Weights other) {
    if (flat != null && other.flat != null) {
      Ops.copyInPlace(flat, other.flat);
      return;
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (TensorSpec tensor : layout.tensors()) {
        Ops.copyInPlace(tensor(tensor.name()), other.tensor(tensor.name()));
      }
    }
  }

  /** Passes on all values in model order, a bounded number at a time. */
  public <E extends Exception> void read(Pieces.Reader<E> reader) throws E {
    for (TensorSpec tensor : layout.tensors()) {
      read(tensor, (from, values) -> reader.read(tensor.offset() + from, values));
    }
  }

  /** Passes on the values of one tensor in stored order, a bounded number at a time. */
  public <E extends Exception> void read(TensorSpec tensor, Pieces.Reader<E> reader) throws E {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Pieces.read(tensor(tensor.name()), reader);
    }
  }

  /** Returns a copy of some values of one tensor, from a flat index of it on. */
  public float[] values(TensorSpec tensor, long from, int count) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return Pieces.read(tensor(tensor.name()), from, count);
    }
  }

  /** Overwrites values, all of one tensor, from an index in model order on. */
  public void write(long from, float[] values) {
    TensorSpec tensor = layout.at(from);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Pieces.write(tensor(tensor.name()), from - tensor.offset(), values);
    }
  }

  /** Returns how many values, all of one tensor, from an index in model order on differ. */
  public long countDifferent(long from, float[] values) {
    TensorSpec tensor = layout.at(from);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray own = Pieces.part(tensor(tensor.name()), from - tensor.offset(), values.length);
      return Entries.countDifferentBits(own, Torch.floats(manager, values, values.length));
    }
  }

  /** Returns the SHA-256 of the values in model order, as little-endian float32. */
  public String hash() {
    MessageDigest sha256 = ContentHash.sha256();
    read((from, values) -> sha256.update(bytes(values)));
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  /**
   * Returns how many entries differ in any bit from those of another model of the same layout, by
   * tensor in model order; tensors without any are left out.
   */
  public Map<String, Long> changedEntries(Weights before) {
    Map<String, Long> changed = new LinkedHashMap<>();
    for (TensorSpec tensor : layout.tensors()) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        long count =
            Entries.countDifferentBits(tensor(tensor.name()), before.tensor(tensor.name()));
        if (count > 0) {
          changed.put(tensor.name(), count);
        }
      }
    }
    return changed;
  }

  /** Returns the first value that is infinite or NaN, in words; empty if all are finite. */
  public Optional<String> firstNotFinite() {
    for (TensorSpec tensor : layout.tensors()) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray values = tensor(tensor.name()).reshape(-1);
        long index = Entries.firstNotFinite(values);
        if (index >= 0) {
          float value = values.get(index + ":" + (index + 1)).toFloatArray()[0];
          return Optional.of(value + " at entry " + index + " of tensor " + tensor.name());
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the values in model order, of a model whose values are one flat vector. */
  public float[] toFloats() {
    return flat().toFloatArray();
  }

  /** Waits until the device has done all that was asked of it; call it before reading a clock. */
  public void synchronize() {
    Torch.synchronize(flat == null ? tensors.get(0) : flat);
  }

  @Override
  public void close() {
    arrays().forEach(NDArray::close);
    manager.close();
  }

  /**
   * Takes the arrays out of every manager: no other array or manager leads to them. They are freed
   * when these weights are closed, which nothing else does then.
   */
  public Weights detached() {
    arrays().forEach(NDArray::detach);
    return this;
  }

  private List<NDArray> arrays() {
    return flat == null ? tensors : List.of(flat);
  }
}
