package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;

/**
 * Entries of arrays: counted, chosen and dropped, on the device and without gradient. An index is
 * flat, in stored order, 64-bit. Results belong as those of {@link Ops} do.
 */
public final class Entries {
  private Entries() {}

  /**
   * Returns how many scores have each upper half of their key, (65536). A key is a 32-bit number
   * that orders, without sign, as the score does: -0 equals 0, NaN is smallest and has key 0. Waits
   * for the device.
   */
  public static long[] countUpperHalves(NDArray scores) {
    try (NDArray counts = Ops.call("count_upper_halves", scores)) {
      return counts.toLongArray();
    }
  }

  /**
   * Returns how many scores have each lower half of their key, of those with such an upper half,
   * (65536); waits for the device.
   */
  public static long[] countLowerHalves(NDArray scores, int upper) {
    try (NDArray counts = Ops.call("count_lower_halves", scores, (long) upper)) {
      return counts.toLongArray();
    }
  }

  /** Returns where a score is at least a value, as booleans of its shape; NaN never is. */
  public static NDArray isAtLeast(NDArray scores, float value) {
    return Ops.call("at_least_value", scores, (double) value);
  }

  /**
   * Returns where a score is among the largest, as booleans of its shape: its key, of {@link
   * #countUpperHalves}, is larger than {@code key}, or it is one of the first {@code equal} with
   * it.
   */
  public static NDArray isAtLeast(NDArray scores, int key, long equal) {
    return Ops.call("at_least", scores, signed(key), equal);
  }

  /** Returns how many scores have a key of {@link #countUpperHalves}; waits for the device. */
  public static long countKey(NDArray scores, int key) {
    try (NDArray count = Ops.call("count_equal", scores, signed(key))) {
      return count.getLong();
    }
  }

  /** Tensors have no unsigned integers of 32 bits: there the least key is -2^31. */
  private static long signed(int key) {
    return key ^ Integer.MIN_VALUE;
  }

  /** Multiplies x by 1 where a boolean of the same or a broadcast shape is true, else by 0. */
  public static void keepInPlace(NDArray x, NDArray kept) {
    Ops.call("keep_in_place", x, kept).close();
  }

  /** Multiplies x by 0 where a boolean of the same or a broadcast shape is true, else by 1. */
  public static void dropInPlace(NDArray x, NDArray dropped) {
    Ops.call("drop_in_place", x, dropped).close();
  }

  /** Multiplies some entries by 0, given by flat index, each once, int64. */
  public static void dropEntriesInPlace(NDArray x, NDArray entries) {
    Ops.call("drop_entries_in_place", x, entries).close();
  }

  /**
   * One entry of several arrays.
   *
   * @param array which of the arrays it is in
   * @param index where in it, flat
   * @param value what is there
   */
  public record Entry(int array, long index, double value) {}

  /**
   * Returns the largest entry of the products {@code x * y}, entry by entry, of arrays of equal
   * shapes; equal ones: first array, lowest index; NaN counts as largest. Reads it back in one go,
   * which waits for the device.
   */
  public static Entry largestProduct(NDList x, NDList y) {
    try (NDArray found = Ops.call("largest_product", x.get(0).getManager(), x, y)) {
      double[] entry = found.toDoubleArray();
      return new Entry((int) entry[1], (long) entry[2], entry[0]);
    }
  }

  /**
   * Returns how many entries of two arrays of one size differ, as float32, in any bit; waits for
   * the device.
   */
  public static long countDifferentBits(NDArray x, NDArray y) {
    long[] count = {0};
    Pieces.cut(x.size(), (from, some) -> count[0] += countDifferentBits(x, y, from, some));
    return count[0];
  }

  private static long countDifferentBits(NDArray x, NDArray y, long from, int count) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray some = FloatArrays.widened(Pieces.part(x, from, count));
      NDArray others = FloatArrays.widened(Pieces.part(y, from, count));
      return Ops.call("count_different_bits", some, others).getLong();
    }
  }

  /** Returns the flat index of the first infinity or NaN, or -1; waits for the device. */
  public static long firstNotFinite(NDArray x) {
    for (long from = 0; from < x.size(); from += Pieces.ENTRIES) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray some = Pieces.part(x, from, Math.min(Pieces.ENTRIES, x.size() - from));
        long index = Ops.call("first_not_finite", some).getLong();
        if (index >= 0) {
          return from + index;
        }
      }
    }
    return -1;
  }
}
