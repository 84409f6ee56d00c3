package io.nepenthe.plugins.gradientdifference;

import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.tensor.Ops;
import io.nepenthe.unlearning.ForgetLoss;
import org.pf4j.Extension;

/**
 * Gradient difference: minimises {@code -gamma NLL} of the rows to forget {@code + alpha NLL} of as
 * many rows to keep.
 */
@Extension
public final class GradientDifference implements Unlearning<GradientDifference.Hyperparameters> {
  /**
   * How far, and what weighs how much.
   *
   * @param epochs passes over the rows to forget
   * @param learningRate of AdamW
   * @param gamma weight of the rows to forget
   * @param alpha weight of the rows to keep
   */
  public record Hyperparameters(int epochs, double learningRate, double gamma, double alpha) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
    loss(hyperparameters, context)
        .minimize(context, hyperparameters.epochs(), hyperparameters.learningRate());
  }

  static ForgetLoss loss(Hyperparameters hyperparameters, MitigationContext context) {
    ForgetLoss ascent =
        (answers, parameters) -> Ops.scale(answers.meanLoss(parameters), -hyperparameters.gamma());
    return ascent.beside(hyperparameters.alpha(), context, hyperparameters.epochs());
  }
}
