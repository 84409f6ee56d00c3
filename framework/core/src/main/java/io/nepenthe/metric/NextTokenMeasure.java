package io.nepenthe.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.tensor.Ops;
import io.nepenthe.training.TokenBatch;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Accuracy and perplexity of whole rows by one teacher-forced pass (EVALUATION 2 and 3), summed in
 * 64 bits.
 */
public final class NextTokenMeasure {
  /** No target is predictable in particular. */
  public static final Function<int[], int[]> NOTHING_PREDICTABLE = row -> new int[] {0, 0};

  private static final int BATCH = 128;

  private final Function<int[], int[]> predictable;
  private long targets;
  private long correct;
  private long predictableTargets;
  private long predictableCorrect;
  private double totalLoss;
  private double sumOfBatchAccuracies;
  private double sumOfBatchPerplexities;
  private int batches;

  private NextTokenMeasure(Function<int[], int[]> predictable) {
    this.predictable = predictable;
  }

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
    NextTokenMeasure measure = new NextTokenMeasure(predictable);
    int[] all = rows.indices();
    for (int from = 0; from < all.length; from += BATCH) {
      int[] batch = Arrays.copyOfRange(all, from, Math.min(from + BATCH, all.length));
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        measure.add(model, parameters, rows, TokenBatch.of(manager, rows, batch));
      }
    }
    return measure.result();
  }

  private void add(LanguageModel model, Parameters parameters, Sequences rows, TokenBatch batch) {
    NDArray states = model.hiddenStates(parameters, batch.inputs(), Tap.NONE);
    NDArray logits = model.logits(parameters, states); // (N, V)
    long[] best = Ops.argMax(logits).toLongArray();
    float[] losses = Ops.crossEntropy(logits, batch.targets()).toFloatArray();
    int width = rows.length() - 1;
    long correctBefore = correct;
    double lossBefore = totalLoss;
    for (int r = 0; r < batch.size(); r++) {
      int[] row = rows.row(batch.row(r));
      int[] range = predictable.apply(row);
      for (int t = 0; t < width; t++) {
        boolean hit = best[r * width + t] == row[t + 1];
        boolean counted = t + 1 >= range[0] && t + 1 < range[1];
        correct += hit ? 1 : 0;
        predictableTargets += counted ? 1 : 0;
        predictableCorrect += counted && hit ? 1 : 0;
        totalLoss += losses[r * width + t];
      }
    }
    targets += losses.length;
    sumOfBatchAccuracies += (double) (correct - correctBefore) / losses.length;
    sumOfBatchPerplexities += Math.exp((totalLoss - lossBefore) / losses.length);
    batches++;
  }

  private NextTokenScore result() {
    return new NextTokenScore(
        (double) correct / targets,
        sumOfBatchAccuracies / batches,
        (double) predictableCorrect / predictableTargets,
        Math.exp(totalLoss / targets),
        sumOfBatchPerplexities / batches,
        totalLoss,
        targets);
  }
}
