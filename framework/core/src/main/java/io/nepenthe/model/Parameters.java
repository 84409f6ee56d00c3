package io.nepenthe.model;

import ai.djl.ndarray.NDArray;
import io.nepenthe.tensor.FloatType;
import io.nepenthe.tensor.Recomputed;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The tensors an evaluation of a model reads, by name; they may be views, masked, or leaves.
 *
 * <p>They also say how blocks are run: as they come, so that all that blocks compute is there until
 * the scope of the pass is closed; or {@link #byBlock one at a time}.
 */
public final class Parameters {
  private final ParameterLayout layout;
  private final NDArray[] arrays;
  private final FloatType computeType;
  private final @Nullable LateTensors late; // null if blocks are run as they come
  private final @Nullable MapTap tap; // null if nobody looks at maps

  Parameters(ParameterLayout layout, NDArray[] arrays, FloatType computeType) {
    this(layout, arrays, computeType, null, null);
  }

  private Parameters(
      ParameterLayout layout,
      NDArray[] arrays,
      FloatType computeType,
      @Nullable LateTensors late,
      @Nullable MapTap tap) {
    this.layout = layout;
    this.arrays = arrays;
    this.computeType = computeType;
    this.late = late;
    this.tap = tap;
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
    return late != null && late.has(name) ? late.make(name) : arrays[layout.index(name)];
  }

  /** Returns these parameters with one tensor replaced, say by a masked or differentiable one. */
  public Parameters with(String name, NDArray replacement) {
    NDArray[] copy = arrays.clone();
    copy[layout.index(name)] = replacement;
    return new Parameters(layout, copy, computeType, late, tap);
  }

  /** Returns these parameters for passes in which a tap sees what every linear map reads. */
  public Parameters tapped(MapTap maps) {
    return new Parameters(layout, arrays, computeType, late, maps);
  }

  /** Returns what a map's output is taken to be. */
  NDArray written(LinearMap map, NDArray read, NDArray written) {
    return tap == null ? written : tap.written(map, read, written);
  }

  /**
   * Returns these parameters for passes that forget what a block has computed behind it. Where a
   * gradient is asked for, the block is computed once more: that takes a third more time, and a tap
   * sees hidden units twice. Results are the same, bit by bit.
   */
  public Parameters byBlock() {
    return late == null ? byBlock(LateTensors.NONE) : this;
  }

  /** Returns these parameters for such passes, some tensors made for one block at a time. */
  public Parameters byBlock(LateTensors made) {
    return new Parameters(layout, arrays, computeType, made, tap);
  }

  /**
   * Returns what a block makes of the stream.
   *
   * @param block gives the stream that leaves it, given the tensors and the stream it reads
   */
  public NDArray run(BiFunction<Parameters, NDArray, NDArray> block, NDArray stream) {
    return late == null
        ? block.apply(this, stream)
        : Recomputed.of(stream, new BlockRun(this, late, block));
  }
}
