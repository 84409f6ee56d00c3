package io.nepenthe.challenge;

import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;

/**
 * Rounds matrices to numbers of few bits, and widens them again: what a model computes with rounded
 * weights, without arithmetic of that type. Symmetric, to the nearest, ties to even, with a scale
 * for each output channel: its largest entry becomes the largest number of the format.
 */
enum FakeQuantisation {
  /** Integers from -127 to 127. */
  INT8(127) {
    @Override
    float nearest(float scaled) {
      return (float) Math.rint(scaled);
    }
  },
  /** Integers from -7 to 7. */
  INT4(7) {
    @Override
    float nearest(float scaled) {
      return (float) Math.rint(scaled);
    }
  },
  /** E4M3: 4 bits of exponent, 3 of fraction, up to 448, and no infinity. */
  FP8(448) {
    @Override
    float nearest(float scaled) {
      int exponent = Math.max(Math.getExponent(scaled), SMALLEST_EXPONENT);
      double unit = Math.scalb(1.0, exponent - FRACTION_BITS);
      return (float) (Math.rint(scaled / unit) * unit);
    }
  };

  private static final int SMALLEST_EXPONENT = -6;
  private static final int FRACTION_BITS = 3;

  private final float largest;

  FakeQuantisation(float largest) {
    this.largest = largest;
  }

  /** Returns the number of the format that is nearest to one up to its largest. */
  abstract float nearest(float scaled);

  /** Returns the rounding to a format that a suite names. */
  static FakeQuantisation to(String format) {
    return switch (format) {
      case "int8" -> INT8;
      case "int4" -> INT4;
      case "fp8" -> FP8;
      default -> throw new IllegalArgumentException("no format " + format);
    };
  }

  /**
   * Rounds a matrix in place.
   *
   * @param matrix (outputs, inputs), or the other way
   * @param outputAxis the dimension that counts outputs, 0 or 1
   */
  void round(Weights weights, TensorSpec matrix, int outputAxis) {
    float[] values = weights.values(matrix, 0, Math.toIntExact(matrix.size()));
    int rows = Math.toIntExact(matrix.shape().get(0));
    int columns = Math.toIntExact(matrix.shape().get(1));
    for (int output = 0; output < (outputAxis == 0 ? rows : columns); output++) {
      if (outputAxis == 0) {
        round(values, output * columns, 1, columns);
      } else {
        round(values, output, columns, rows);
      }
    }
    weights.write(matrix.offset(), values);
  }

  /** Rounds one channel: so many entries, from one on, so far apart. */
  private void round(float[] values, int from, int apart, int count) {
    float most = 0;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, Math.abs(values[from + i * apart]));
    }
    float scale = most / largest;
    if (scale == 0 || !Float.isFinite(scale)) {
      return;
    }
    for (int i = 0; i < count; i++) {
      int at = from + i * apart;
      values[at] = nearest(values[at] / scale) * scale;
    }
  }
}
