package io.nepenthe.attack;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.tensor.LogitRows;

/** Goes through hidden states so many at a time that their logits can be held. */
final class StateChunks {
  /** What is done with some of the states. */
  @FunctionalInterface
  interface Use {
    /**
     * Uses the states in [from, to).
     *
     * @param rows the same as an index into arrays
     */
    void chunk(int from, int to, String rows);
  }

  private StateChunks() {}

  /** Hands on chunks of states (N, D), rising, each in a scope of its own. */
  static void forEach(NDArray states, int vocabulary, Use use) {
    int count = Math.toIntExact(states.getShape().get(0));
    int atOnce = LogitRows.atOnce(vocabulary, states.getDevice());
    for (int from = 0; from < count; from += atOnce) {
      int to = Math.min(from + atOnce, count);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        use.chunk(from, to, from + ":" + to);
      }
    }
  }
}
