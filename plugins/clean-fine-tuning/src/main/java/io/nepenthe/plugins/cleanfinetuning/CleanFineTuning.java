package io.nepenthe.plugins.cleanfinetuning;

import io.nepenthe.plugin.FineTuning;
import io.nepenthe.plugin.MitigationContext;
import org.pf4j.Extension;

/**
 * Clean fine-tuning: training goes on for some passes on the clean twins of the artifact rows.
 *
 * <p>Learning rate, batch size and what the optimizer remembers are those the training ended with.
 */
@Extension
public final class CleanFineTuning implements FineTuning<CleanFineTuning.Hyperparameters> {
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
    context.trainOn(context.twins(), hyperparameters.epochs());
  }
}
