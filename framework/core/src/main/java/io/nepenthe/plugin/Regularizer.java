package io.nepenthe.plugin;

import io.nepenthe.training.TrainingHook;

/**
 * A method that takes part in training.
 *
 * @param <P> record of hyper-parameters
 */
public non-sealed interface Regularizer<P extends Record> extends MitigationMethod<P> {
  /** Returns a new hook for one training. */
  TrainingHook hook(P hyperparameters, MitigationContext context);
}
