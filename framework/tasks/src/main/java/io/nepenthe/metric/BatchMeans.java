package io.nepenthe.metric;

import io.nepenthe.protocol.Quirk;
import io.nepenthe.task.DataSpec;
import io.nepenthe.tensor.FloatType;
import java.util.Set;

/**
 * How the reference takes means over batches of test rows.
 *
 * @param batch rows of a batch
 * @param inHalf true if losses, perplexities and their sum are rounded to float16 ({@link
 *     Quirk#HALF_PRECISION_PERPLEXITY})
 */
public record BatchMeans(int batch, boolean inHalf) {
  /** Returns what the reference does on such rows, as far as its defects are reproduced. */
  public static BatchMeans of(DataSpec spec, Set<Quirk> quirks) {
    return new BatchMeans(spec.perplexityBatch(), spec.addsPerplexityInHalf(quirks));
  }

  /** Returns the perplexity of a batch. */
  double perplexity(double meanLoss) {
    return rounded(Math.exp(rounded(meanLoss)));
  }

  /** Returns a sum with one more perplexity. */
  double plus(double sum, double perplexity) {
    return rounded(sum + perplexity);
  }

  private double rounded(double value) {
    return inHalf ? FloatType.FLOAT16.rounded((float) value) : value;
  }
}
