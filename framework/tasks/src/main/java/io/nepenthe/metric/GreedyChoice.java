package io.nepenthe.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.tensor.LogitRows;
import io.nepenthe.tensor.Predictions;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Which token greedy decoding emits in a place: the likeliest of those that complete no blocked
 * n-gram. The tokens before are those that are there, so along a row that is forced these are the
 * tokens that decoding emits as long as it stays on the row.
 */
final class GreedyChoice {
  private final LanguageModel model;
  private final Parameters parameters;
  private final BlockedNgrams blocked;
  private final int bannedToken;

  /**
   * Chooses by a model.
   *
   * @param bannedToken an id never emitted, or -1; the predictions heed it already
   */
  GreedyChoice(LanguageModel model, Parameters parameters, BlockedNgrams blocked, int bannedToken) {
    this.model = model;
    this.parameters = parameters;
    this.blocked = blocked;
    this.bannedToken = bannedToken;
  }

  /**
   * Returns the token of every place; call it without gradients.
   *
   * @param states hidden states by which the places are predicted, (N, D)
   * @param blockedAt which tokens would complete an n-gram in a place, rising
   */
  int[] of(NDArray states, Predictions predictions, IntFunction<int[]> blockedAt) {
    int count = Math.toIntExact(states.getShape().get(0));
    int[] chosen = IntStream.range(0, count).map(predictions::likeliest).toArray();
    if (blocked.isEmpty()) {
      return chosen;
    }
    int[] refused =
        IntStream.range(0, count)
            .filter(place -> Arrays.binarySearch(blockedAt.apply(place), chosen[place]) >= 0)
            .toArray();
    int atOnce = LogitRows.atOnce(model.vocabulary(), states.getDevice());
    for (int from = 0; from < refused.length; from += atOnce) {
      int[] some = Arrays.copyOfRange(refused, from, Math.min(from + atOnce, refused.length));
      float[] logits = logits(states, some);
      for (int i = 0; i < some.length; i++) {
        chosen[some[i]] = likeliest(logits, i * model.vocabulary(), blockedAt.apply(some[i]));
      }
    }
    return chosen;
  }

  private float[] logits(NDArray states, int... places) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      long[] rows = IntStream.of(places).asLongStream().toArray();
      NDArray some = states.get(Torch.longs(states.getManager(), rows, rows.length));
      return model.logits(parameters, some).toFloatArray();
    }
  }

  /** Returns the lowest of the likeliest ids that are allowed, -1 if none is. */
  private int likeliest(float[] logits, int from, int... blockedIds) {
    int best = -1;
    for (int id = 0; id < model.vocabulary(); id++) {
      boolean isBetter = best < 0 || logits[from + id] > logits[from + best];
      if (isBetter && id != bannedToken && Arrays.binarySearch(blockedIds, id) < 0) {
        best = id;
      }
    }
    return best;
  }
}
