package io.nepenthe.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class FloatTypeTest {
  private final ByteBuffer place = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);

  private float number(FloatType type, int bits) {
    return type.get(place.putShort(0, (short) bits), 0);
  }

  private int bits(FloatType type, float number) {
    type.put(place, 0, number);
    return place.getShort(0) & 0xffff;
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "FLOAT32")
  void everyNumberComesBackBitByBit(FloatType type) {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float number = number(type, bits);
      if (Float.isNaN(number)) {
        assertEquals(Float.NaN, type.rounded(number));
      } else {
        assertEquals(bits, bits(type, number));
        assertEquals(number, type.rounded(number));
      }
    }
  }

  /** Neighbours of one type, and what lies around the middle between them. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "FLOAT32")
  void roundsToTheNearestAndTiesToEven(FloatType type) {
    int infinity = bits(type, Float.POSITIVE_INFINITY);
    for (int bits = 0; bits < infinity - 1; bits++) {
      float middle = (float) (((double) number(type, bits) + number(type, bits + 1)) / 2);
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertEquals(bits, bits(type, Math.nextDown(middle)));
      assertEquals(even, bits(type, middle));
      assertEquals(bits + 1, bits(type, Math.nextUp(middle)));
      assertEquals(even | 0x8000, bits(type, -middle));
    }
  }

  @Test
  void halvesAreThoseOfTheStandard() {
    assertEquals(1.0f, number(FloatType.FLOAT16, 0x3c00));
    assertEquals(-65504.0f, number(FloatType.FLOAT16, 0xfbff));
    assertEquals(0x1p-24f, number(FloatType.FLOAT16, 1));
    assertEquals(0x7c00, bits(FloatType.FLOAT16, 65520));
    assertEquals(0x7bff, bits(FloatType.FLOAT16, Math.nextDown(65520f)));
    assertEquals(0xfc00, bits(FloatType.FLOAT16, Float.NEGATIVE_INFINITY));
    assertEquals(0x3fc0, bits(FloatType.BFLOAT16, 1.5f));
    assertEquals(0x7f80, bits(FloatType.BFLOAT16, Float.MAX_VALUE));
  }
}
