package io.nepenthe.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.tensor.LogitRows;

/** The logits of many hidden states, so few rows at a time that a large vocabulary fits. */
final class LogitChunks {
  /** Uses the logits of one chunk, which are gone afterwards. */
  @FunctionalInterface
  interface Consumer {
    /**
     * Uses a chunk.
     *
     * @param from its first row
     * @param to one past its last row
     * @param logits (to - from, V)
     */
    void accept(int from, int to, NDArray logits);
  }

  private LogitChunks() {}

  /** Hands over the logits of states (N, D) in order. */
  static void forEach(
      LanguageModel model, Parameters parameters, NDArray states, Consumer consumer) {
    int rows = Math.toIntExact(states.getShape().get(0));
    int size = LogitRows.atOnce(model.vocabulary(), states.getDevice());
    for (int from = 0; from < rows; from += size) {
      int to = Math.min(from + size, rows);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray chunk = from == 0 && to == rows ? states : states.get(from + ":" + to);
        consumer.accept(from, to, model.logits(parameters, chunk));
      }
    }
  }
}
