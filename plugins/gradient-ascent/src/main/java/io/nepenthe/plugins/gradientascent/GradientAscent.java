package io.nepenthe.plugins.gradientascent;

import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.unlearning.ForgetLoss;
import org.pf4j.Extension;

/**
 * Gradient ascent: minimises -NLL of the rows to forget, their compared tokens given their prompts.
 */
@Extension
public final class GradientAscent implements Unlearning<GradientAscent.Hyperparameters> {
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
    loss().minimize(context, hyperparameters.epochs(), hyperparameters.learningRate());
  }

  static ForgetLoss loss() {
    return (answers, parameters) -> answers.meanLoss(parameters).neg();
  }
}
