package io.nepenthe.training;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import java.util.Optional;

/**
 * Changes a training: what it minimises, its hidden units, its gradient, its learning rate. Each
 * member has the plain training's behaviour unless it is overridden. Lives as long as one training;
 * may keep state, which must survive {@link #state} and {@link #restore}.
 *
 * <p>What is minimised is computed from one forward pass, in three steps of which one is
 * overridden: {@link #objective} calls {@link #tokenLoss} with the loss of every token, which calls
 * {@link #loss} with the mean of every row.
 */
public interface TrainingHook {
  /** Plain training. */
  TrainingHook NONE = new TrainingHook() {};

  /** Returns the hook of a training that minimises another loss. */
  static TrainingHook of(BatchLoss loss) {
    return new TrainingHook() {
      @Override
      public NDArray objective(LanguageModel model, Parameters parameters, TokenBatch batch) {
        return loss.of(batch, parameters);
      }
    };
  }

  /** Returns the tap of the forward pass over a batch. */
  default Tap tap(TokenBatch batch) {
    return Tap.NONE;
  }

  /**
   * Returns the scalar to minimise, from nothing but the model: for losses that are not made of
   * next-token losses.
   *
   * @param parameters the tensors of this step, differentiable
   * @param batch the rows
   */
  default NDArray objective(LanguageModel model, Parameters parameters, TokenBatch batch) {
    return tokenLoss(
        NextTokenLoss.perPosition(model, parameters, batch, tap(batch)), parameters, batch);
  }

  /**
   * Returns the scalar to minimise, from the loss of every token.
   *
   * @param tokenLosses (B, T), in nats
   * @param parameters the tensors of this step, differentiable
   * @param batch the rows
   */
  default NDArray tokenLoss(NDArray tokenLosses, Parameters parameters, TokenBatch batch) {
    return loss(tokenLosses.mean(new int[] {1}), parameters, batch);
  }

  /**
   * Returns the scalar to minimise, from the mean loss of every row.
   *
   * @param rowLosses each row's mean loss, (B)
   * @param parameters the tensors of this step, differentiable
   * @param batch the rows
   */
  default NDArray loss(NDArray rowLosses, Parameters parameters, TokenBatch batch) {
    return rowLosses.mean();
  }

  /**
   * Returns how many rows of a batch make up one gradient. Where a batch has more, it is cut, the
   * gradient of each part goes through {@link #partGradient}, and their mean by rows is the step's:
   * 1 clips every row's gradient by itself, as DP-SGD does, in as many passes as there are rows.
   */
  default int rowsPerGradient() {
    return Integer.MAX_VALUE;
  }

  /**
   * Changes, in place, the gradient of one part of a batch that is cut.
   *
   * @param gradient (P), in model order
   * @param part the rows of the part
   */
  default void partGradient(NDArray gradient, TokenBatch part) {}

  /**
   * Changes, in place, the gradient of a step before the optimizer takes it: clips it, adds noise
   * to it, projects it. {@link Gradients} has these.
   *
   * @param gradient (P), in model order
   */
  default void gradient(NDArray gradient, TrainingStep step) {}

  /**
   * Returns the learning rate of a step, in (0, 1].
   *
   * @param usual that of the settings
   * @param step its number, from 1 over the optimizer's whole life
   */
  default double learningRate(double usual, long step) {
    return usual;
  }

  /**
   * Folds into the weights what the hook does to a model in use, as a dropout's rescaling; called
   * on a copy, never on the weights that are trained.
   */
  default void fold(LanguageModel model, Weights weights) {}

  /**
   * Returns the factor of the residual stream at each position at inference, before every block;
   * empty if there is none. Only defects of the reference need it: it is no part of a GPT-2.
   */
  default Optional<float[]> positionFactors() {
    return Optional.empty();
  }

  /** Returns all that the hook must know to continue later; empty if it knows nothing. */
  default Optional<float[]> state() {
    return Optional.empty();
  }

  /** Takes up a state returned by {@link #state}. */
  default void restore(float[] state) {}
}
