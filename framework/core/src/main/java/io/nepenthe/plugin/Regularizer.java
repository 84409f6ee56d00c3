package io.nepenthe.plugin;

import io.nepenthe.data.Sequences;
import io.nepenthe.training.TrainingHook;

/**
 * A method that takes part in training.
 *
 * @param <P> record of hyper-parameters
 */
public non-sealed interface Regularizer<P extends Record> extends MitigationMethod<P> {
  /** Returns a new hook for one training. */
  TrainingHook hook(P hyperparameters, MitigationContext context);

  /**
   * Returns the rows to train on: all of them, unless the method leaves some out.
   *
   * @param all the task's training rows, artifacts included
   * @param context holds the data the descriptor asks for
   */
  default Sequences trainingRows(Sequences all, MitigationContext context) {
    return all;
  }
}
