package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.util.function.Supplier;

/** Says how to enlarge a heap that is too small for a model. */
final class Heap {
  private Heap() {}

  /**
   * Returns what the work returns.
   *
   * @param code of the failure if the heap is too small
   */
  static <T> T holding(ErrorCode code, Supplier<T> work) {
    try {
      return work.get();
    } catch (OutOfMemoryError e) {
      throw new NepentheException(
          code,
          "the Java heap is too small for this model. Set NEPENTHE_JAVA_OPTS, to -Xmx8g for example.",
          e);
    }
  }
}
