package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;

/**
 * Carries the entries of an array of any size between a device and the Java heap, a piece at a
 * time, so that the heap holds one piece only.
 */
public final class Pieces {
  /** Largest number of entries of a piece: 16 MB of float32. */
  public static final int ENTRIES = 1 << 22;

  private Pieces() {}

  /**
   * Receives a piece.
   *
   * @param <E> what may go wrong
   */
  @FunctionalInterface
  public interface Reader<E extends Exception> {
    /**
     * Takes the values, which are the reader's to keep.
     *
     * @param from flat index of the first
     */
    void read(long from, float[] values) throws E;
  }

  /** Gives one value after the other, in stored order. */
  @FunctionalInterface
  public interface Values {
    /** Returns the next value. */
    float next();
  }

  /**
   * Visits the pieces of something.
   *
   * @param <E> what may go wrong
   */
  @FunctionalInterface
  public interface Visitor<E extends Exception> {
    /** Sees {@code count} entries from a flat index on. */
    void visit(long from, int count) throws E;
  }

  /** Cuts so many entries into pieces, in order. */
  public static <E extends Exception> void cut(long size, Visitor<E> visitor) throws E {
    for (long from = 0; from < size; from += ENTRIES) {
      visitor.visit(from, (int) Math.min(ENTRIES, size - from));
    }
  }

  /** Passes on all entries of an array of real numbers in stored order. */
  public static <E extends Exception> void read(NDArray array, Reader<E> reader) throws E {
    cut(array.size(), (from, count) -> reader.read(from, read(array, from, count)));
  }

  /** Returns a copy of some entries, from a flat index on. */
  public static float[] read(NDArray array, long from, int count) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return FloatArrays.widened(part(array, from, count)).toFloatArray();
    }
  }

  /** Overwrites the entries from a flat index on, rounded to their type; no gradient. */
  public static void write(NDArray array, long from, float[] values) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray source = Torch.floats(array.getManager(), values, values.length);
      Ops.copyInPlace(part(array, from, values.length), source);
    }
  }

  /** Overwrites all entries, in stored order; no gradient. */
  public static void fill(NDArray array, Values source) {
    cut(
        array.size(),
        (from, count) -> {
          float[] piece = new float[count];
          for (int i = 0; i < count; i++) {
            piece[i] = source.next();
          }
          write(array, from, piece);
        });
  }

  /** Returns a view of some entries, from a flat index on, as a vector. */
  public static NDArray part(NDArray array, long from, long count) {
    return array.reshape(-1).get(from + ":" + (from + count));
  }
}
