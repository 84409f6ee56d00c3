package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** Booleans, eight to a byte, on the device that they were made on. Belongs to a manager. */
public final class BitMask {
  private final NDArray bytes; // bit b of byte i is entry b * bytes.size() + i
  private final long size;

  private BitMask(NDArray bytes, long size) {
    this.bytes = bytes;
    this.size = size;
  }

  /** Sees some of the booleans. */
  @FunctionalInterface
  public interface Part {
    /**
     * Uses them.
     *
     * @param from flat index of the first
     * @param booleans a vector, there until this returns
     */
    void use(long from, NDArray booleans);
  }

  /** Copies booleans of any shape, in stored order, into a manager. */
  public static BitMask of(NDArray booleans, NDManager manager) {
    long size = booleans.size();
    NDArray bytes = manager.zeros(new Shape((size + Byte.SIZE - 1) / Byte.SIZE), DataType.UINT8);
    BitMask mask = new BitMask(Torch.kept(manager, bytes), size);
    mask.forEachBit(
        (from, count, bit) ->
            Ops.call(
                "add_bit_in_place",
                Pieces.part(bytes, 0, count),
                Pieces.part(booleans, from, count),
                bit));
    return mask;
  }

  /** Passes on all booleans in stored order, an eighth at a time. */
  public void forEachPart(Part part) {
    forEachBit(
        (from, count, bit) ->
            part.use(from, Ops.call("has_bit", Pieces.part(bytes, 0, count), bit)));
  }

  private interface Bits {
    void use(long from, long count, long bit);
  }

  private void forEachBit(Bits bits) {
    long width = bytes.size();
    for (int b = 0; b < Byte.SIZE && b * width < size; b++) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        bits.use(b * width, Math.min(width, size - b * width), 1L << b);
      }
    }
  }
}
