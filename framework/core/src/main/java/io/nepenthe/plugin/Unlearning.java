package io.nepenthe.plugin;

/**
 * A method that edits the weights of a trained model.
 *
 * @param <P> record of hyper-parameters
 */
public non-sealed interface Unlearning<P extends Record> extends MitigationMethod<P> {
  /** Edits {@code context.weights()} in place. */
  void mitigate(P hyperparameters, MitigationContext context);
}
