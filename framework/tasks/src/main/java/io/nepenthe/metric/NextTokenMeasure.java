package io.nepenthe.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.tensor.Predictions;
import io.nepenthe.training.TokenBatch;
import java.util.Arrays;
import java.util.function.Function;

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
    return tally(model, parameters, rows, predictable, manager, new BatchMeans(BATCH, false))
        .score();
  }

  /**
   * Tallies rows, so that any of them can be scored; call it without gradients.
   *
   * @param predictable gives for a row the first and one-past-last predictable position
   * @param means how means over batches are taken
   */
  public static NextTokenTally tally(
      LanguageModel model,
      Parameters parameters,
      Sequences rows,
      Function<int[], int[]> predictable,
      NDManager manager,
      BatchMeans means) {
    NextTokenTally tally = new NextTokenTally(rows.rows(), rows.length() - 1, means);
    int[] all = rows.indices();
    int atOnce = RowsAtOnce.of(model, rows.length(), manager.getDevice());
    for (int from = 0; from < all.length; from += atOnce) {
      int[] batch = Arrays.copyOfRange(all, from, Math.min(from + atOnce, all.length));
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        add(tally, model, parameters, rows, TokenBatch.of(manager, rows, batch), predictable);
      }
    }
    return tally;
  }

  private static void add(
      NextTokenTally tally,
      LanguageModel model,
      Parameters parameters,
      Sequences rows,
      TokenBatch batch,
      Function<int[], int[]> predictable) {
    NDArray states = model.hiddenStates(parameters, batch.inputs(), Tap.NONE);
    int width = rows.length() - 1;
    Predictions predictions = model.predictions(parameters, states, batch.targets(), -1);
    for (int r = 0; r < batch.size(); r++) {
      int[] row = rows.row(batch.row(r));
      int[] range = predictable.apply(row);
      for (int t = 0; t < width; t++) {
        boolean isPredictable = t + 1 >= range[0] && t + 1 < range[1];
        int i = r * width + t;
        boolean isHit = predictions.likeliest(i) == row[t + 1];
        tally.add(batch.row(r), isHit, isPredictable, predictions.loss(i));
      }
    }
  }
}
