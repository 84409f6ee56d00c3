package io.nepenthe.unlearning;

import ai.djl.ndarray.NDArray;
import io.nepenthe.tensor.Ops;

/** Losses of predictions as a whole. n = positions, V = vocabulary. */
public final class LogitLosses {
  /** Subtracted from a logit, it leaves nothing of the probability. */
  private static final double ALL = 1e30;

  private LogitLosses() {}

  /**
   * Returns the cross-entropy of predictions to given probabilities, (n), in nats.
   *
   * @param probabilities (n, V), without gradient
   * @param logits (n, V)
   */
  public static NDArray crossEntropy(NDArray probabilities, NDArray logits) {
    return probabilities.mul(logits.logSoftmax(1)).sum(new int[] {1}).neg();
  }

  /**
   * Returns the Kullback-Leibler divergence of predictions from given ones, KL(given || own), (n),
   * in nats.
   *
   * @param given logits, (n, V), without gradient
   * @param logits (n, V)
   */
  public static NDArray divergence(NDArray given, NDArray logits) {
    NDArray logProbabilities = given.logSoftmax(1);
    NDArray difference = logProbabilities.sub(logits.logSoftmax(1));
    return logProbabilities.exp().mul(difference).sum(new int[] {1});
  }

  /**
   * Returns logits of which the target's is lower by an amount, (n, V).
   *
   * @param targets (n), int64
   */
  public static NDArray lowered(NDArray logits, NDArray targets, double amount) {
    NDArray ones = targets.oneHot(Math.toIntExact(logits.getShape().get(1))); // (n, V)
    return logits.sub(Ops.scale(ones, amount));
  }

  /** Returns the probabilities of all tokens but the target, (n, V): its own is 0. */
  public static NDArray withoutTarget(NDArray logits, NDArray targets) {
    return lowered(logits, targets, ALL).softmax(1);
  }
}
