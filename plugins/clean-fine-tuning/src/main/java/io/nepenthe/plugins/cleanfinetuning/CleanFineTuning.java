package io.nepenthe.plugins.cleanfinetuning;

import io.nepenthe.plugin.FineTuning;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.training.Training;
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
    int passesBefore = context.trained().passes();
    try (Training training = context.continueTraining(context.twins())) {
      for (int epoch = 0; epoch < hyperparameters.epochs(); epoch++) {
        context.progress(epoch, hyperparameters.epochs());
        training.pass(passesBefore + epoch);
      }
    }
  }
}
