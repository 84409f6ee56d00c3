package io.nepenthe.task.math;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.util.Locale;

/** The two recursions of TinyMem's number sequences (paper A.1.1; DATA 1.1). */
public enum MathFamily {
  /** v(1) = i + a; v(k+1) = v(k) + a. */
  ADDITIVE {
    @Override
    long next(long value, int weight) {
      return value + weight;
    }
  },
  /** v(1) = a i mod 20134; v(k+1) = a v(k) mod 20134. */
  MULTIPLICATIVE {
    @Override
    long next(long value, int weight) {
      return value * weight % MODULUS;
    }
  };

  /** The modulus of the multiplicative family. */
  public static final int MODULUS = 20134;

  abstract long next(long value, int weight);

  /** Returns the numbers that follow a start; the start itself is not among them. */
  public long[] numbers(int weight, int start, int count) {
    long[] numbers = new long[count];
    long value = start;
    for (int k = 0; k < count; k++) {
      value = next(value, weight);
      numbers[k] = value;
    }
    return numbers;
  }

  /** Returns the lower-case name used in suites. */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the family of that name. */
  @JsonCreator
  public static MathFamily of(String id) {
    for (MathFamily family : values()) {
      if (family.id().equals(id)) {
        return family;
      }
    }
    throw new NepentheException(
        ErrorCode.BAD_SUITE, "data.family is '" + id + "', must be 'additive' or 'multiplicative'");
  }
}
