package io.nepenthe.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.BlockedNgrams;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.tensor.Predictions;
import io.nepenthe.training.TokenBatch;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Accuracy and perplexity of whole rows by one teacher-forced pass (EVALUATION 2 and 3). */
public final class NextTokenMeasure {
  /** No target is predictable in particular. */
  public static final Function<int[], int[]> NOTHING_PREDICTABLE = row -> new int[] {0, 0};

  private static final int BATCH = 128;

  private NextTokenMeasure() {}

  /**
   * Scores rows; call it without gradients.
   *
   * @param predictable gives for a row the first and one-past-last predictable position
   */
  public static NextTokenScore score(
      LanguageModel model,
      Parameters parameters,
      Sequences rows,
      Function<int[], int[]> predictable,
      NDManager manager) {
    return score(model, parameters, rows, predictable, manager, BlockedNgrams.NONE);
  }

  /**
   * Scores rows as the other method does, by a model that decodes under a ban.
   *
   * @param blocked n-grams that are never completed: accuracy is of what is emitted, losses are the
   *     model's own
   */
  public static NextTokenScore score(
      LanguageModel model,
      Parameters parameters,
      Sequences rows,
      Function<int[], int[]> predictable,
      NDManager manager,
      BlockedNgrams blocked) {
    BatchMeans means = new BatchMeans(BATCH, false);
    return tally(model, parameters, rows, predictable, manager, means, blocked).score();
  }

  /**
   * Tallies rows, so that any of them can be scored; call it without gradients.
   *
   * @param predictable gives for a row the first and one-past-last predictable position
   * @param means how means over batches are taken
   * @param blocked n-grams that are never completed; losses are the model's own all the same
   */
  public static NextTokenTally tally(
      LanguageModel model,
      Parameters parameters,
      Sequences rows,
      Function<int[], int[]> predictable,
      NDManager manager,
      BatchMeans means,
      BlockedNgrams blocked) {
    GreedyChoice choice = new GreedyChoice(model, parameters, blocked, -1);
    NextTokenTally tally = new NextTokenTally(rows.rows(), rows.length() - 1, means);
    int[] all = rows.indices();
    int atOnce = RowsAtOnce.of(model, rows.length(), manager.getDevice());
    for (int from = 0; from < all.length; from += atOnce) {
      int[] batch = Arrays.copyOfRange(all, from, Math.min(from + atOnce, all.length));
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        TokenBatch tokens = TokenBatch.of(manager, rows, batch);
        NDArray states = model.hiddenStates(parameters, tokens.inputs(), Tap.NONE);
        Predictions predictions = model.predictions(parameters, states, tokens.targets(), -1);
        int[] emitted = choice.of(states, predictions, blockedAt(blocked, rows, tokens));
        add(tally, rows, tokens, predictable, predictions, emitted);
      }
    }
    return tally;
  }

  /** Returns which tokens would complete an n-gram in the place of each target, row by row. */
  private static IntFunction<int[]> blockedAt(
      BlockedNgrams blocked, Sequences rows, TokenBatch batch) {
    int width = rows.length() - 1;
    int[][] read =
        IntStream.range(0, batch.size())
            .mapToObj(row -> rows.row(batch.row(row)))
            .toArray(int[][]::new);
    return place -> blocked.after(read[place / width], place % width + 1);
  }

  private static void add(
      NextTokenTally tally,
      Sequences rows,
      TokenBatch batch,
      Function<int[], int[]> predictable,
      Predictions predictions,
      int... emitted) {
    int width = rows.length() - 1;
    for (int r = 0; r < batch.size(); r++) {
      int[] row = rows.row(batch.row(r));
      int[] range = predictable.apply(row);
      for (int t = 0; t < width; t++) {
        boolean isPredictable = t + 1 >= range[0] && t + 1 < range[1];
        int i = r * width + t;
        boolean isHit = emitted[i] == row[t + 1];
        tally.add(batch.row(r), isHit, isPredictable, predictions.loss(i));
      }
    }
  }
}
