package io.nepenthe.training;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;

/** The language-model loss: mean next-token cross-entropy over every position (UNLEARNING 0). */
public final class NextTokenLoss {
  private NextTokenLoss() {}

  /** Returns the loss of every target, row after row, (N), in nats. */
  public static NDArray perToken(
      LanguageModel model, Parameters parameters, TokenBatch batch, Tap tap) {
    NDArray states = model.hiddenStates(parameters, batch.inputs(), tap);
    return model.losses(parameters, states, batch.targets());
  }

  /** Returns the loss of every target, in the shape of the tokens read, (B, T), in nats. */
  public static NDArray perPosition(
      LanguageModel model, Parameters parameters, TokenBatch batch, Tap tap) {
    return perToken(model, parameters, batch, tap).reshape(batch.size(), -1); // (N) -> (B, T)
  }

  /** Returns each row's mean over its targets, (B), in nats. */
  public static NDArray perRow(
      LanguageModel model, Parameters parameters, TokenBatch batch, Tap tap) {
    return perPosition(model, parameters, batch, tap).mean(new int[] {1}); // (B, T) -> (B)
  }

  /**
   * Returns the sum over rows of each row's mean loss times its weight, a scalar, in nats.
   *
   * @param rowWeights one per row of the batch, of either sign
   */
  public static NDArray weightedSum(
      LanguageModel model, Parameters parameters, TokenBatch batch, float[] rowWeights) {
    NDArray rowLosses = perRow(model, parameters, batch, Tap.NONE); // (B)
    return rowLosses.mul(Torch.floats(rowLosses.getManager(), rowWeights, rowWeights.length)).sum();
  }

  /**
   * Returns the weighted mean of losses, a scalar, in nats: an answer's tokens only, all but every
   * fourth, or whatever the weights say.
   *
   * @param losses (B, T)
   * @param weights of any sign and size, (B, T) row after row; their sum must not be 0
   */
  public static NDArray weightedMean(NDArray losses, float[] weights) {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    if (sum == 0) {
      throw new IllegalArgumentException(
          "the weights of " + weights.length + " losses add up to 0");
    }
    NDArray factors =
        Torch.floats(losses.getManager(), weights, losses.getShape().getShape()); // (B, T)
    return Ops.scale(losses.mul(factors).sum(), 1 / sum);
  }

  /** Returns the mean over rows, a scalar, in nats. */
  public static NDArray mean(LanguageModel model, Parameters parameters, TokenBatch batch) {
    return perToken(model, parameters, batch, Tap.NONE).mean();
  }
}
