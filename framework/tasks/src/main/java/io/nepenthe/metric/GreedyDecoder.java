package io.nepenthe.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.KeyValueCache;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
    long[] ids = prompts.copy(prompts.indices(), 0, prompts.length());
    try (NDScope scope = new NDScope();
        KeyValueCache cache = new KeyValueCache(manager, prompts.length() + steps - 1L)) {
      scope.suppressNotUsedWarning();
      NDArray read = Torch.longs(manager, ids, batch, prompts.length());
      NDList written = new NDList();
      for (int step = 0; step < steps; step++) {
        NDArray last = read;
        read = Torch.alone(() -> next(last, cache, bannedToken));
        written.add(read);
      }
      long[] tokens = NDArrays.concat(written, 1).toLongArray(); // (B, steps)
      return Sequences.of(steps, rows(tokens, steps));
    }
  }

  /** Returns the token after each row's last that is read, (B, 1). */
  private NDArray next(NDArray read, KeyValueCache cache, int bannedToken) {
    NDArray logits = model.continueRows(parameters, read, cache, Tap.NONE); // (B, V)
    if (bannedToken >= 0) {
      logits.set(new NDIndex(":, " + bannedToken), Float.NEGATIVE_INFINITY);
    }
    return Ops.argMax(logits).reshape(-1, 1);
  }

  private static List<int[]> rows(long[] tokens, int length) {
    return IntStream.range(0, tokens.length / length)
        .mapToObj(
            row ->
                Arrays.stream(tokens, row * length, (row + 1) * length)
                    .mapToInt(Math::toIntExact)
                    .toArray())
        .toList();
  }
}
