package io.nepenthe.tensor;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The types in which the numbers of a model may be stored. Each is a part of float32, so widening
 * is exact; narrowing rounds to the nearest number, to the even one of two that are equally near.
 */
public enum FloatType {
  /** IEEE 754 single precision. */
  FLOAT32("F32", "float32", Float.BYTES) {
    @Override
    public float get(ByteBuffer bytes, int index) {
      return bytes.getFloat(index * Float.BYTES);
    }

    @Override
    public void put(ByteBuffer bytes, int index, float value) {
      bytes.putFloat(index * Float.BYTES, value);
    }

    @Override
    public void read(ByteBuffer bytes, float[] values, int from, int count) {
      bytes.asFloatBuffer().get(values, from, count);
    }

    @Override
    public void write(float[] values, ByteBuffer bytes) {
      bytes.asFloatBuffer().put(values);
    }
  },

  /** IEEE 754 half precision: 11 bits of precision, up to 65504. */
  FLOAT16("F16", "float16", Short.BYTES) {
    @Override
    public float get(ByteBuffer bytes, int index) {
      return halfToFloat(bytes.getShort(index * Short.BYTES));
    }

    @Override
    public void put(ByteBuffer bytes, int index, float value) {
      bytes.putShort(index * Short.BYTES, floatToHalf(value));
    }
  },

  /** The upper half of a float32: 8 bits of precision, and its range. */
  BFLOAT16("BF16", "bfloat16", Short.BYTES) {
    @Override
    public float get(ByteBuffer bytes, int index) {
      return Float.intBitsToFloat(bytes.getShort(index * Short.BYTES) << Short.SIZE);
    }

    @Override
    public void put(ByteBuffer bytes, int index, float value) {
      bytes.putShort(index * Short.BYTES, floatToUpperHalf(value));
    }
  };

  private static final int EXPONENT = 0x7f80_0000;
  private static final int SIGN_OF_HALF = 0x8000;
  private static final int INFINITE_HALF = 0x7c00;
  private static final int QUIET_HALF = 0x0200;
  private static final int QUIET_UPPER_HALF = 0x0040;
  private static final int LEAST_ROUNDED_TO_INFINITY = 0x477f_f000; // 65520
  private static final int LEAST_NORMAL_HALF = 0x3880_0000; // 2^-14
  private static final int EXPONENT_SHIFT = 112 << 23; // bias 127 to bias 15
  private static final float TO_FULL_EXPONENT = 0x1p112f;
  private static final float ULP_IS_LEAST_HALF = 0.5f; // 2^-24

  private final String id;
  private final String inConfig;
  private final int bytes;

  FloatType(String id, String inConfig, int bytes) {
    this.id = id;
    this.inConfig = inConfig;
    this.bytes = bytes;
  }

  /** Returns the type of that name in a safetensors file; empty if it is none of these. */
  public static Optional<FloatType> of(String id) {
    return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
  }

  /**
   * Returns the type of that name in configurations.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  @JsonCreator
  public static FloatType named(String name) {
    return Arrays.stream(values())
        .filter(type -> type.inConfig.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the type is '" + name + "', must be float32, bfloat16 or float16"));
  }

  /** Returns its name in safetensors files. */
  public String id() {
    return id;
  }

  /** Returns its name in configurations, in suites and in PyTorch. */
  @JsonValue
  public String inConfig() {
    return inConfig;
  }

  /** Returns how many bytes a number takes. */
  public int bytes() {
    return bytes;
  }

  /** Returns the number of an index in little-endian bytes. */
  public abstract float get(ByteBuffer bytes, int index);

  /** Writes a number, rounded, at an index in little-endian bytes. */
  public abstract void put(ByteBuffer bytes, int index, float value);

  /** Reads the first numbers of little-endian bytes into some of an array. */
  public void read(ByteBuffer bytes, float[] values, int from, int count) {
    for (int i = 0; i < count; i++) {
      values[from + i] = get(bytes, i);
    }
  }

  /** Writes numbers, rounded, as the first of little-endian bytes. */
  public void write(float[] values, ByteBuffer bytes) {
    for (int i = 0; i < values.length; i++) {
      put(bytes, i, values[i]);
    }
  }

  /** Returns the number of this type that is nearest. */
  public float rounded(float value) {
    return switch (this) {
      case FLOAT32 -> value;
      case FLOAT16 -> halfToFloat(floatToHalf(value));
      case BFLOAT16 -> Float.intBitsToFloat(floatToUpperHalf(value) << Short.SIZE);
    };
  }

  /** Java has this conversion, and the other way round, from version 20 on. */
  private static float halfToFloat(short half) {
    int bits = (half & 0x7fff) << 13;
    float magnitude =
        (half & INFINITE_HALF) == INFINITE_HALF
            ? Float.intBitsToFloat(bits | EXPONENT)
            : Float.intBitsToFloat(bits) * TO_FULL_EXPONENT;
    return half < 0 ? -magnitude : magnitude;
  }

  private static short floatToHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> Short.SIZE & SIGN_OF_HALF;
    int magnitude = bits & Integer.MAX_VALUE;
    if (magnitude > EXPONENT) {
      return (short) (sign | INFINITE_HALF | QUIET_HALF);
    }
    if (magnitude >= LEAST_ROUNDED_TO_INFINITY) {
      return (short) (sign | INFINITE_HALF);
    }
    if (magnitude < LEAST_NORMAL_HALF) {
      float rounded = Float.intBitsToFloat(magnitude) + ULP_IS_LEAST_HALF;
      int units = Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(ULP_IS_LEAST_HALF);
      return (short) (sign | units);
    }
    int rounded = magnitude + 0xfff + (magnitude >>> 13 & 1);
    return (short) (sign | ((rounded - EXPONENT_SHIFT) >>> 13));
  }

  private static short floatToUpperHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    return (short)
        (Float.isNaN(value)
            ? bits >>> Short.SIZE | QUIET_UPPER_HALF
            : (bits + 0x7fff + (bits >>> Short.SIZE & 1)) >>> Short.SIZE);
  }
}
