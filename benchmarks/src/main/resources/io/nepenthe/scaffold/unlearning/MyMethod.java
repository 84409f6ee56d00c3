package org.example.mymethod;

import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TrainingSettings;
import org.pf4j.Extension;

/** Gradient ascent: trains on the rows to forget as one trains to learn them, but upwards. */
@Extension
public final class MyMethod implements Unlearning<MyMethod.Hyperparameters> {
  /**
   * How far up.
   *
   * @param epochs passes over the rows to forget
   * @param learningRate of AdamW
   */
  public record Hyperparameters(int epochs, double learningRate) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
    TrainingSettings settings =
        context.trained().requireSettings().at(hyperparameters.learningRate());
    context.train(
        context.forgetSet(),
        hyperparameters.epochs(),
        settings,
        (batch, parameters) -> NextTokenLoss.mean(context.model(), parameters, batch).neg());
  }
}
