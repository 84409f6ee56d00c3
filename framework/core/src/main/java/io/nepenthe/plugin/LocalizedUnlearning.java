package io.nepenthe.plugin;

import java.util.HashMap;
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
 * @param <L> what is found: scores, masks, an ordered list. What holds arrays of the device is
 *     {@link AutoCloseable}: the host closes it after the last edit
 */
public interface LocalizedUnlearning<P extends Record, L> extends Unlearning<P> {
  /**
   * Finds what each point's edit needs; the weights are as the original model's, and must be so
   * again on return.
   *
   * @param points hyper-parameters that share this localization, at least one
   * @param found takes what is found, for every point
   */
  void localize(List<P> points, MitigationContext context, Localizations<P, L> found);

  /** Edits {@code context.weights()}, which are the original model's, in place. */
  void edit(L localization, P hyperparameters, MitigationContext context);

  /** Returns what one point's edit needs, found for it alone. */
  default L localize(P hyperparameters, MitigationContext context) {
    Map<P, L> found = new HashMap<>();
    localize(List.of(hyperparameters), context, found::put);
    if (!found.containsKey(hyperparameters)) {
      throw new IllegalStateException("localize found nothing for " + hyperparameters);
    }
    return found.get(hyperparameters);
  }

  @Override
  default void mitigate(P hyperparameters, MitigationContext context) {
    L localization = localize(hyperparameters, context);
    try {
      edit(localization, hyperparameters, context);
    } finally {
      Localizations.release(localization);
    }
  }
}
