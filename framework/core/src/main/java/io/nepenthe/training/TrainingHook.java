package io.nepenthe.training;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import java.util.Optional;

/**
 * What a regularizer changes in training: the loss, and, if it likes, the hidden units. Lives as
 * long as one training; may keep state, which must survive {@link #state} and {@link #restore}.
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

  /** Returns all that the hook must know to continue later; empty if it knows nothing. */
  default Optional<float[]> state() {
    return Optional.empty();
  }

  /** Takes up a state returned by {@link #state}. */
  default void restore(float[] state) {}
}
