package io.nepenthe.plugins.goldfish;

import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.training.TrainingHook;
import org.pf4j.Extension;

/**
 * Goldfish loss: some tokens are left out of the loss, always the same ones after the same tokens,
 * so that a row cannot be recited token by token however often it is trained on.
 */
@Extension
public final class Goldfish implements Regularizer<Goldfish.Hyperparameters> {
  /**
   * Which tokens are left out.
   *
   * @param k one token in k, at least 2
   * @param h how many tokens before it decide about a token, at least 2
   */
  public record Hyperparameters(int k, int h) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public TrainingHook hook(Hyperparameters hyperparameters, MitigationContext context) {
    return new GoldfishLoss(hyperparameters.k(), hyperparameters.h());
  }
}
