package io.nepenthe.plugins.extrafinetuning;

import io.nepenthe.plugin.FineTuning;
import io.nepenthe.plugin.MitigationContext;
import org.pf4j.Extension;

/**
 * Extra fine-tuning: training goes on for some passes on the training rows that are no artifacts.
 *
 * <p>Learning rate, batch size and what the optimizer remembers are those the training ended with.
 */
@Extension
public final class ExtraFineTuning implements FineTuning<ExtraFineTuning.Hyperparameters> {
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
    context.trainOn(context.extra(), hyperparameters.epochs());
  }
}
