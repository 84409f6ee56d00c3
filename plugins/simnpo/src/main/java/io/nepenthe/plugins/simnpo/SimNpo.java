package io.nepenthe.plugins.simnpo;

import ai.djl.ndarray.NDArray;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.tensor.Ops;
import io.nepenthe.unlearning.ForgetLoss;
import org.pf4j.Extension;

/**
 * SimNPO: minimises {@code -(2 / beta) mean log sigmoid(beta NLL(y) - gamma)} over the rows to
 * forget, NLL being the mean over a row's compared tokens y; {@code + alpha NLL} of rows to keep.
 */
@Extension
public final class SimNpo implements Unlearning<SimNpo.Hyperparameters> {
  /**
   * How far, how soon it slows down, and what is kept.
   *
   * @param epochs passes over the rows to forget
   * @param learningRate of AdamW
   * @param beta the larger, the sooner a row counts less
   * @param gamma margin
   * @param alpha weight of the rows to keep
   */
  public record Hyperparameters(
      int epochs, double learningRate, double beta, double gamma, double alpha) {}

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
    double beta = hyperparameters.beta();
    ForgetLoss preference =
        (answers, parameters) -> {
          NDArray scaled = Ops.scale(answers.means(answers.losses(parameters)), beta); // (B)
          NDArray above = scaled.sub(Ops.scalar(scaled, hyperparameters.gamma()));
          return Ops.scale(Ops.logSigmoid(above).mean(), -2 / beta);
        };
    return preference.beside(hyperparameters.alpha(), context, hyperparameters.epochs());
  }
}
