package io.nepenthe.plugins.bothfinetuning;

import io.nepenthe.plugin.FineTuning;
import io.nepenthe.plugin.MitigationContext;
import org.pf4j.Extension;

/**
 * Both fine-tuning: training goes on for some passes on the training rows that are no artifacts,
 * together with the clean twins of those that are.
 *
 * <p>Learning rate, batch size and what the optimizer remembers are those the training ended with.
 */
@Extension
public final class BothFineTuning implements FineTuning<BothFineTuning.Hyperparameters> {
  /**
   * How long training goes on.
   *
   * @param epochs passes over the rows, at least 1
   */
  public record Hyperparameters(int epochs) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void fineTune(Hyperparameters hyperparameters, MitigationContext context) {
    context.trainOn(context.extra().concat(context.twins()), hyperparameters.epochs());
  }
}
