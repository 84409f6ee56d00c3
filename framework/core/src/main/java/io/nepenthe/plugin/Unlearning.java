package io.nepenthe.plugin;

import io.nepenthe.data.BlockedNgrams;

/**
 * A method that edits the weights of a trained model.
 *
 * @param <P> record of hyper-parameters
 */
public non-sealed interface Unlearning<P extends Record> extends MitigationMethod<P> {
  /** Edits {@code context.weights()} in place. */
  void mitigate(P hyperparameters, MitigationContext context);

  /**
   * Returns what decoding must not complete wherever the model is used that {@link #mitigate},
   * which has been called, left; nothing unless the method says so. It is data: the judge executes
   * it when it looks at what the model emits, and no code of the method runs then. Likelihoods stay
   * the model's own.
   */
  default BlockedNgrams blockedNgrams(P hyperparameters, MitigationContext context) {
    return BlockedNgrams.NONE;
  }
}
