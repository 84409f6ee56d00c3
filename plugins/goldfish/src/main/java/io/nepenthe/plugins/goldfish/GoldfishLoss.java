package io.nepenthe.plugins.goldfish;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.Parameters;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.TrainingHook;

/**
 * The mean loss of the tokens that are kept. A token is dropped if the hash of the h tokens before
 * it falls into the first of k classes; those with fewer tokens before them are kept.
 */
final class GoldfishLoss implements TrainingHook {
  private final int k;
  private final int h;

  GoldfishLoss(int k, int h) {
    this.k = k;
    this.h = h;
  }

  @Override
  public NDArray tokenLoss(NDArray tokenLosses, Parameters parameters, TokenBatch batch) {
    return NextTokenLoss.weightedMean(tokenLosses, kept(batch)); // the first token always is
  }

  /** Returns 1 where the predicted token is kept and 0 where it is dropped, (B, T). */
  float[] kept(TokenBatch batch) {
    float[] kept = new float[batch.size() * batch.length()];
    for (int i = 0; i < batch.size(); i++) {
      for (int position = 0; position < batch.length(); position++) {
        kept[i * batch.length() + position] = isDropped(batch, i, position + 1) ? 0 : 1;
      }
    }
    return kept;
  }

  private boolean isDropped(TokenBatch batch, int i, int token) {
    return token >= h && Long.remainderUnsigned(batch.hash(i, token - h, token), k) == 0;
  }
}
