package io.nepenthe.plugin;

import java.util.List;
import java.util.Map;

/**
 * An unlearning method in two steps: find where the memorized text is stored, then edit there.
 *
 * <p>Grid points that agree in every hyper-parameter affecting the localization (see {@link
 * HyperparameterSpec.Step}) are localized together, once. Each is charged the time it would have
 * taken alone.
 *
 * @param <P> record of hyper-parameters
 * @param <L> what is found: scores, masks, an ordered list; plain Java values, no arrays of the
 *     engine
 */
public interface LocalizedUnlearning<P extends Record, L> extends Unlearning<P> {
  /**
   * Returns what each point's edit needs; the weights are as the original model's, and must be so
   * again on return.
   *
   * @param points hyper-parameters that share this localization, at least one
   */
  Map<P, Localized<L>> localize(List<P> points, MitigationContext context);

  /** Edits {@code context.weights()}, which are the original model's, in place. */
  void edit(L localization, P hyperparameters, MitigationContext context);

  @Override
  default void mitigate(P hyperparameters, MitigationContext context) {
    edit(
        localize(List.of(hyperparameters), context).get(hyperparameters).value(),
        hyperparameters,
        context);
  }
}
