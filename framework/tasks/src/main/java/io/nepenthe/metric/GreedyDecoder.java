package io.nepenthe.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.KeyValueCache;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;

/**
 * Greedy decoding with cached keys and values: each step reads one token per row.
 *
 * <p>Scoring does not need it (see {@link Memorization}); it is the independent check, and the way
 * to see what a model writes.
 */
public final class GreedyDecoder {
  private final LanguageModel model;
  private final Parameters parameters;

  /** Decodes with the given values; call {@link #continueRows} without gradients. */
  public GreedyDecoder(LanguageModel model, Parameters parameters) {
    this.model = model;
    this.parameters = parameters;
  }

  /**
   * Returns the continuations of whole rows.
   *
   * @param prompts rows of one length
   * @param steps tokens to add; prompt and steps fit into the model's positions
   * @param bannedToken an id never emitted, or -1
   * @return rows of {@code steps} tokens
   */
  public Sequences continueRows(Sequences prompts, int steps, int bannedToken, NDManager manager) {
    int batch = prompts.rows();
    int[][] written = new int[batch][steps];
    try (KeyValueCache cache = new KeyValueCache(manager)) {
      long[] tokens = prompts.copy(prompts.indices(), 0, prompts.length());
      for (int step = 0; step < steps; step++) {
        tokens = next(tokens, batch, cache, bannedToken, manager);
        for (int r = 0; r < batch; r++) {
          written[r][step] = (int) tokens[r];
        }
      }
    }
    return Sequences.of(steps, java.util.List.of(written));
  }

  private long[] next(
      long[] tokens, int batch, KeyValueCache cache, int bannedToken, NDManager manager) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray read = Torch.longs(manager, tokens, batch, tokens.length / batch);
      NDArray logits = model.continueRows(parameters, read, cache, Tap.NONE); // (B, V)
      if (bannedToken >= 0) {
        logits.set(new ai.djl.ndarray.index.NDIndex(":, " + bannedToken), Float.NEGATIVE_INFINITY);
      }
      return Ops.argMax(logits).toLongArray();
    }
  }
}
