package io.nepenthe.challenge;

import java.util.Map;

/** Values of a reading, of which only numbers are kept: a broken model has others. */
final class FiniteValues {
  private FiniteValues() {}

  /** Puts a value if it is a number. */
  static void put(Map<String, Double> values, String name, double value) {
    if (Double.isFinite(value)) {
      values.put(name, value);
    }
  }
}
