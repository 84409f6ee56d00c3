package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.tensor.FloatArrays;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Pieces;
import io.nepenthe.tensor.Torch;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of a model's parameters on one device.
 *
 * <p>Those of a float32 model of up to {@link #LARGEST_FLAT} parameters lie in one flat vector, in
 * model order: it makes a training's gradient one concatenation, its optimizer one call and a
 * snapshot one copy. Larger ones, those with tensors of half precision, and those of mapped files
 * are an array per tensor, each of its own type. Either way a tensor may be read and edited by
 * itself, which is all that unlearning and evaluation ask for. Whatever the types, what is read,
 * counted and hashed are float32 values: every number of half precision is one.
 *
 * <p>Owns its memory: close it. Not thread-safe.
 */
public final class Weights implements AutoCloseable {
  /** Most parameters of one vector, which are as many as a Java array can hold. */
  public static final long LARGEST_FLAT = Integer.MAX_VALUE - 8;

  private final ParameterLayout layout;
  private final NDManager manager;
  private final @Nullable WeightSource source;
  private WeightArrays arrays;
  private FloatType computeType = FloatType.FLOAT32;

  private Weights(
      ParameterLayout layout,
      NDManager manager,
      @Nullable WeightSource source,
      WeightArrays arrays) {
    this.layout = layout;
    this.manager = manager;
    this.source = source;
    this.arrays = arrays;
  }

  /** Returns weights with the given values, in model order, in a sub-manager of {@code parent}. */
  public static Weights of(ParameterLayout layout, NDManager parent, float[] values) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          values.length + " values for a model of " + layout.size() + " parameters");
    }
    NDManager manager = parent.newSubManager();
    NDArray flat = Torch.floats(manager, values, values.length);
    return new Weights(layout, manager, null, WeightArrays.flat(layout, manager, flat));
  }

  /** Returns float32 weights of any size that are 0, in a sub-manager of {@code parent}. */
  public static Weights zeros(ParameterLayout layout, NDManager parent) {
    return zeros(layout, parent, tensor -> FloatType.FLOAT32);
  }

  /** Returns weights of any size and of the given types that are 0. */
  public static Weights zeros(
      ParameterLayout layout, NDManager parent, Function<TensorSpec, FloatType> types) {
    if (!isFlat(layout, types)) {
      return zerosByTensor(layout, parent, types);
    }
    NDManager manager = parent.newSubManager();
    return new Weights(layout, manager, null, WeightArrays.zeros(layout, manager));
  }

  /** Returns true if weights of the given types are one vector. */
  public static boolean isFlat(ParameterLayout layout, Function<TensorSpec, FloatType> types) {
    return layout.size() <= LARGEST_FLAT
        && layout.tensors().stream().allMatch(tensor -> types.apply(tensor) == FloatType.FLOAT32);
  }

  /** Returns weights that are 0, an array per tensor however few they are. */
  static Weights zerosByTensor(
      ParameterLayout layout, NDManager parent, Function<TensorSpec, FloatType> types) {
    NDManager manager = parent.newSubManager();
    return new Weights(layout, manager, null, WeightArrays.zeros(layout, manager, types));
  }

  /** Returns weights whose memory is somebody else's until they are edited: a mapped file's. */
  public static Weights mapped(ParameterLayout layout, NDManager parent, WeightSource source) {
    NDManager manager = parent.newSubManager();
    WeightArrays arrays = WeightArrays.byTensor(layout, manager, source.arrays(manager));
    return new Weights(layout, manager, source, arrays);
  }

  /**
   * Returns a copy, in a sub-manager of another, of weights that nobody has edited. It takes memory
   * for what is edited of it only, where these are mapped.
   */
  public Weights copyOfUnedited(NDManager parent) {
    return source == null ? copyIn(parent) : mapped(layout, parent, source).computedIn(computeType);
  }

  /** Makes of a {@link #copyOfUnedited} of other weights, which was edited, one that is not. */
  public void setToUnedited(Weights other) {
    if (source == null) {
      set(other);
    } else {
      arrays.close();
      arrays = WeightArrays.byTensor(layout, manager, source.arrays(manager));
    }
  }

  /**
   * Returns the {@link #changedEntries} of a {@link #copyOfUnedited} of other weights; where it is
   * mapped, what was there before is mapped a tensor at a time, and takes no memory.
   */
  public Map<String, Long> editedEntries(Weights unedited) {
    return source == null
        ? changedEntries(unedited)
        : WeightChecks.changedEntries(
            this, tensor -> source.array(manager, layout.index(tensor.name())));
  }

  /** Says in which type products with the matrices are computed; float32 if it is not said. */
  public Weights computedIn(FloatType type) {
    computeType = type;
    return this;
  }

  /** Returns the names, shapes and offsets. */
  public ParameterLayout layout() {
    return layout;
  }

  /**
   * Returns the flat vector, (P), of float32; it belongs to these weights. Weights that are an
   * array per tensor become such a vector when it is first asked for; views of them are void then.
   *
   * @throws UnsupportedOperationException if there is none, because the model is too large
   */
  public NDArray flat() {
    if (layout.size() > LARGEST_FLAT) {
      throw new UnsupportedOperationException(
          "a model of "
              + layout.size()
              + " parameters is kept tensor by tensor, so it cannot be trained: only up to "
              + LARGEST_FLAT
              + " are one vector");
    }
    if (!arrays.isFlat()) {
      WeightArrays byTensor = arrays;
      arrays = byTensor.flattened(manager);
      byTensor.close();
    }
    return arrays.all().get(0);
  }

  /** Returns true if there is such a vector. */
  public boolean isFlat() {
    return arrays.isFlat();
  }

  /** Returns the manager the weights live in, on their device. */
  public NDManager manager() {
    return manager;
  }

  /**
   * Returns every tensor in its shape; differentiable in {@link #flat} if that requires gradients.
   * Vectors are float32; matrices are of their own type.
   */
  public Parameters parameters() {
    return new Parameters(layout, arrays.parameters(), computeType);
  }

  /**
   * Returns a view of one tensor, of its own type; writing to it in place, without gradients, edits
   * the weights.
   */
  public NDArray tensor(String name) {
    return arrays.tensor(layout.tensor(name));
  }

  /** Returns the type of a tensor. */
  public FloatType type(TensorSpec tensor) {
    return arrays.type(tensor);
  }

  /** Returns a copy in the same parent manager. */
  public Weights copy() {
    return copyIn(manager.getParentManager());
  }

  /** Returns a copy in a sub-manager of another, on the same device. */
  public Weights copyIn(NDManager parent) {
    NDManager copyManager = parent.newSubManager();
    return new Weights(layout, copyManager, null, arrays.copyIn(copyManager))
        .computedIn(computeType);
  }

  /** Overwrites these weights with those of another model, rounded to the types of these. */
  public void set(Weights other) {
    arrays.set(other.arrays);
  }

  /** Rounds every value to the type that its tensor has in other weights. */
  public void roundTo(Weights other) {
    if (other.isFlat()) {
      return; // float32 all
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (TensorSpec tensor : layout.tensors()) {
        FloatArrays.round(tensor(tensor.name()), other.type(tensor));
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

  /** Overwrites values, all of one tensor, from an index in model order on, rounded to its type. */
  public void write(long from, float[] values) {
    TensorSpec tensor = layout.at(from);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Pieces.write(tensor(tensor.name()), from - tensor.offset(), values);
    }
  }

  /** Returns how many values, all of one tensor, from an index in model order on differ. */
  public long countDifferent(long from, float[] values) {
    return WeightChecks.countDifferent(this, from, values);
  }

  /**
   * Returns the SHA-256 of the values in model order, as little-endian float32, whatever their
   * types: equal values have equal hashes.
   */
  public String hash() {
    return WeightChecks.hash(this);
  }

  /**
   * Returns how many entries differ in any bit from those of another model of the same layout, by
   * tensor in model order; tensors without any are left out.
   */
  public Map<String, Long> changedEntries(Weights before) {
    return WeightChecks.changedEntries(this, tensor -> before.tensor(tensor.name()));
  }

  /** Returns the first value that is infinite or NaN, in words; empty if all are finite. */
  public Optional<String> firstNotFinite() {
    return WeightChecks.firstNotFinite(this);
  }

  /** Returns the values in model order, of a model that is small enough for an array. */
  public float[] toFloats() {
    return WeightChecks.toFloats(this);
  }

  /** Waits until the device has done all that was asked of it; call it before reading a clock. */
  public void synchronize() {
    Torch.synchronize(arrays.all().get(0));
  }

  @Override
  public void close() {
    arrays.close();
    manager.close();
  }

  /**
   * Takes the arrays out of every manager: no other array or manager leads to them. They are freed
   * when these weights are closed, which nothing else does then.
   */
  public Weights detached() {
    arrays.detach();
    return this;
  }
}
