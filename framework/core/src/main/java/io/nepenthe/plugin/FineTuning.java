package io.nepenthe.plugin;

/**
 * A method that trains the model on, on other rows.
 *
 * @param <P> record of hyper-parameters
 */
public non-sealed interface FineTuning<P extends Record> extends MitigationMethod<P> {
  /** Changes {@code context.weights()} in place, usually by {@code context.continueTraining}. */
  void fineTune(P hyperparameters, MitigationContext context);
}
