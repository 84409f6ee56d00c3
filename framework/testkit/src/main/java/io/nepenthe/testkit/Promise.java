package io.nepenthe.testkit;

import java.util.Objects;

/** Words for promises that are broken; needs no test framework. */
final class Promise {
  private Promise() {}

  static void holds(boolean holds, String found) {
    if (!holds) {
      throw new AssertionError(found);
    }
  }

  static void equal(Object expected, Object found, String what) {
    holds(Objects.equals(expected, found), what + ": " + found + ", must be " + expected);
  }

  static void sameWeights(float[] expected, float[] found, String what) {
    equal(expected.length, found.length, what + ": number of weights");
    for (int i = 0; i < expected.length; i++) {
      if (Float.compare(expected[i], found[i]) != 0) {
        throw new AssertionError(
            what + ": weight " + i + " is " + found[i] + ", must be " + expected[i]);
      }
    }
  }

  /** Returns what was thrown; another type is a broken promise with it as the cause. */
  static <E extends Throwable> E thrown(Class<E> type, Runnable action, String otherwise) {
    try {
      action.run();
    } catch (Throwable e) { // of a method, which may throw anything
      if (type.isInstance(e)) {
        return type.cast(e);
      }
      throw new AssertionError(otherwise + "; it threw " + e, e);
    }
    throw new AssertionError(otherwise);
  }
}
