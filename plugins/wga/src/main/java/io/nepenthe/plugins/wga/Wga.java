package io.nepenthe.plugins.wga;

import ai.djl.ndarray.NDArray;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.tensor.Ops;
import io.nepenthe.unlearning.ForgetLoss;
import org.pf4j.Extension;

/**
 * WGA: minimises {@code -p^beta (-log p)} of every compared token of the rows to forget, {@code
 * p^beta} a weight without gradient; {@code + alpha NLL} of rows to keep.
 */
@Extension
public final class Wga implements Unlearning<Wga.Hyperparameters> {
  /**
   * How far, what counts how much, and what is kept.
   *
   * @param epochs passes over the rows to forget
   * @param learningRate of AdamW
   * @param beta power of a token's probability by which it is weighted
   * @param alpha weight of the rows to keep
   */
  public record Hyperparameters(int epochs, double learningRate, double beta, double alpha) {}

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
    ForgetLoss weighted =
        (answers, parameters) -> {
          NDArray losses = answers.losses(parameters); // (M)
          NDArray weights = Ops.scale(losses.stopGradient(), -hyperparameters.beta()).exp(); // (M)
          return answers.means(weights.mul(losses)).mean().neg();
        };
    return weighted.beside(hyperparameters.alpha(), context, hyperparameters.epochs());
  }
}
