package io.nepenthe.plugin;

/**
 * A method that continues training, on other rows.
 *
 * @param <P> record of hyper-parameters
 */
public non-sealed interface FineTuning<P extends Record> extends MitigationMethod<P> {
  /** Changes the context's weights in place, usually by {@link MitigationContext#trainOn}. */
  void fineTune(P hyperparameters, MitigationContext context);
}
