package io.nepenthe.checkpoint;

import java.util.List;
import java.util.Map;

/**
 * A tensor as the header of a safetensors file describes it.
 *
 * @param type of its values
 * @param shape dimensions, none below 0
 * @param from first byte, counted from the end of the header
 * @param to byte after the last one
 */
record StoredTensor(String type, List<Long> shape, long from, long to) {
  /** Bits of a value of every type of the format. */
  private static final Map<String, Integer> BITS =
      Map.ofEntries(
          Map.entry("F4", 4),
          Map.entry("F6_E2M3", 6),
          Map.entry("F6_E3M2", 6),
          Map.entry("BOOL", 8),
          Map.entry("U8", 8),
          Map.entry("I8", 8),
          Map.entry("F8_E4M3", 8),
          Map.entry("F8_E5M2", 8),
          Map.entry("F8_E8M0", 8),
          Map.entry("F8_E4M3FNUZ", 8),
          Map.entry("F8_E5M2FNUZ", 8),
          Map.entry("U16", 16),
          Map.entry("I16", 16),
          Map.entry("F16", 16),
          Map.entry("BF16", 16),
          Map.entry("U32", 32),
          Map.entry("I32", 32),
          Map.entry("F32", 32),
          Map.entry("U64", 64),
          Map.entry("I64", 64),
          Map.entry("F64", 64),
          Map.entry("C64", 64));

  /** Returns the number of values. */
  long size() {
    return product(shape, 1);
  }

  /** Returns true if type and shape are possible and take the bytes there are. */
  boolean fits() {
    try {
      long bits = BITS.containsKey(type) ? product(shape, BITS.get(type)) : -1;
      return bits >= 0 && bits % 8 == 0 && bits / 8 == to - from;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  private static long product(List<Long> shape, long bitsEach) {
    long product = 1;
    for (long dimension : shape) {
      product = Math.multiplyExact(product, dimension);
    }
    return Math.multiplyExact(product, bitsEach);
  }
}
