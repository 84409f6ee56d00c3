package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;

/**
 * What a model makes of tokens that are known to come next: of each the cross-entropy, and the
 * token that it thinks likeliest in its place.
 */
public final class Predictions {
  private final float[] losses;
  private final int[] likeliest;

  /** Makes those of so many tokens, to be filled. */
  Predictions(int tokens) {
    losses = new float[tokens];
    likeliest = new int[tokens];
  }

  /**
   * Returns those of logits, which it may overwrite; no gradient.
   *
   * @param logits (N, V)
   * @param targets the tokens that come next, (N), int64
   * @param banned an id that is never the likeliest, or -1; losses are the model's own all the same
   */
  public static Predictions of(NDArray logits, NDArray targets, int banned) {
    Predictions predictions = new Predictions(Math.toIntExact(targets.size()));
    predictions.fillFrom(0, logits, targets, banned);
    return predictions;
  }

  /** Fills in those of logits, behind some that are there. */
  void fillFrom(int from, NDArray logits, NDArray targets, int banned) {
    NDArray lost = Ops.crossEntropy(logits, targets);
    if (banned >= 0) {
      logits.set(new NDIndex(":, " + banned), Float.NEGATIVE_INFINITY);
    }
    fill(from, lost, Ops.argMax(logits));
  }

  /** Fills in some, behind some that are there. */
  void fill(int from, NDArray lost, NDArray best) {
    float[] read = lost.toFloatArray();
    System.arraycopy(read, 0, losses, from, read.length);
    long[] ids = best.toLongArray();
    for (int i = 0; i < ids.length; i++) {
      likeliest[from + i] = Math.toIntExact(ids[i]);
    }
  }

  /** Returns the cross-entropy of a token, in nats. */
  public float loss(int token) {
    return losses[token];
  }

  /** Returns the likeliest id in the place of a token, the lowest of several. */
  public int likeliest(int token) {
    return likeliest[token];
  }
}
