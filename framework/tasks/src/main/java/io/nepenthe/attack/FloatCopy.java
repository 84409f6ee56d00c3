package io.nepenthe.attack;

import ai.djl.ndarray.NDArray;

/** Copies numbers of tensors into arrays. */
final class FloatCopy {
  private FloatCopy() {}

  /** Copies all numbers to where they begin. */
  static void into(float[] array, int from, NDArray values) {
    float[] read = values.toFloatArray();
    System.arraycopy(read, 0, array, from, read.length);
  }
}
