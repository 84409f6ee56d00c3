package io.nepenthe.training;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import java.util.Optional;

/**
 * Changes a training for a regularizer: its loss and, optionally, its hidden units. Lives as long
 * as one training; may keep state, which must survive {@link #state} and {@link #restore}.
 */
public interface TrainingHook {
  /** Plain training. */
  TrainingHook NONE = new TrainingHook() {};

  /** Returns the tap of the forward pass over a batch. */
  default Tap tap(TokenBatch batch) {
    return Tap.NONE;
  }

  /**
   * Returns the scalar to minimise.
   *
   * @param rowLosses each row's mean loss, (B)
   * @param parameters the tensors of this step, differentiable
   * @param batch the rows
   */
  default NDArray loss(NDArray rowLosses, Parameters parameters, TokenBatch batch) {
    return rowLosses.mean();
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
