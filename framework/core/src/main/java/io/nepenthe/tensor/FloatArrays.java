package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Arrays of every {@link FloatType}. Weights of float16 and bfloat16 take half the memory of
 * float32, and are widened where they are computed with.
 *
 * <p>DJL has no use for bfloat16, and whatever asks it for one ends the process: of such an array
 * ask for views and for what this package offers, never for {@code zerosLike}, {@code toType} or
 * its values.
 */
public final class FloatArrays {
  private FloatArrays() {}

  /** Returns the type of an array of real numbers. */
  public static FloatType type(NDArray x) {
    return switch (x.getDataType()) {
      case FLOAT32 -> FloatType.FLOAT32;
      case FLOAT16 -> FloatType.FLOAT16;
      default -> FloatType.BFLOAT16; // DJL calls it unknown
    };
  }

  /** Returns true if an array is of float16 or bfloat16. */
  public static boolean isHalf(NDArray x) {
    DataType type = x.getDataType();
    return type == DataType.FLOAT16 || type == DataType.UNKNOWN; // as DJL calls bfloat16
  }

  /** Returns a float32 array of the same values; the array itself, if it is of no half type. */
  public static NDArray widened(NDArray x) {
    return isHalf(x) ? converted(x, FloatType.FLOAT32) : x;
  }

  /** Returns an array of zeros. */
  public static NDArray zeros(NDManager manager, FloatType type, long... shape) {
    DataType known = type == FloatType.FLOAT32 ? DataType.FLOAT32 : DataType.FLOAT16;
    NDArray zeros = manager.zeros(new Shape(shape), known);
    if (type != FloatType.BFLOAT16) {
      return zeros;
    }
    try (zeros;
        NDArray numbers = numbers(zeros, 0, zeros.size(), type)) { // which have no bit set
      return numbers.reshape(shape);
    }
  }

  /** Rounds all entries to a type, and leaves them of their own; no gradient. */
  public static void round(NDArray x, FloatType type) {
    if (type == type(x)) {
      return;
    }
    Pieces.cut(
        x.size(),
        (from, count) -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray piece = Pieces.part(x, from, count);
            Ops.copyInPlace(piece, converted(piece, type));
          }
        });
  }

  /**
   * Returns numbers of a type, as a vector, of the memory of an array of whatever type.
   *
   * @param from number of the first, counted from where the array begins
   */
  static NDArray numbers(NDArray memory, long from, long count, FloatType type) {
    try (NDArray range = Torch.longs(memory.getManager(), new long[] {from, count}, 2)) {
      return Ops.inType("numbers", type, memory, range);
    }
  }

  /** Returns an array of a type, rounded to it; of the same memory if it is of it. */
  static NDArray converted(NDArray x, FloatType type) {
    return Ops.inType("converted", type, x);
  }
}
