package io.nepenthe.plugins.losstruncation;

import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.training.TrainingHook;
import org.pf4j.Extension;

/**
 * Loss truncation: rows whose loss is unusually high are left out of the training step, on the
 * guess that what is hard to fit is what would have to be memorized.
 */
@Extension
public final class LossTruncation implements Regularizer<LossTruncation.Hyperparameters> {
  /**
   * What is left out.
   *
   * @param dropc share of the rows with the highest loss, in [0, 1)
   * @param window how many of the newest row losses the threshold is taken from
   */
  public record Hyperparameters(double dropc, int window) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public TrainingHook hook(Hyperparameters hyperparameters, MitigationContext context) {
    return new TruncatedLoss(
        new RunningQuantile(1 - hyperparameters.dropc(), hyperparameters.window()),
        context.reproduces(Quirk.FULL_BATCH_DIVISOR));
  }
}
