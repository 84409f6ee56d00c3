package io.nepenthe.plugins.npo;

import ai.djl.ndarray.NDArray;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.tensor.Ops;
import io.nepenthe.unlearning.ForgetLoss;
import io.nepenthe.unlearning.OriginalAnswers;
import org.pf4j.Extension;

/**
 * NPO: minimises {@code (2 / beta) mean log(1 + (p(y) / p0(y))^beta)} over the rows to forget,
 * where p0 is the original model and y a row's compared tokens; {@code + alpha NLL} of rows to
 * keep.
 *
 * <p>The log-ratio is the sum over y, as in the paper, not the mean.
 */
@Extension
public final class Npo implements Unlearning<Npo.Hyperparameters> {
  /**
   * How far, how soon it slows down, and what is kept.
   *
   * @param epochs passes over the rows to forget
   * @param learningRate of AdamW
   * @param beta the larger, the sooner a row counts less
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
    OriginalAnswers original = new OriginalAnswers(context, context.forgetSet());
    double beta = hyperparameters.beta();
    ForgetLoss preference =
        (answers, parameters) -> {
          NDArray now = answers.sums(answers.losses(parameters)).neg(); // (B), log p(y)
          NDArray ratios = now.sub(original.of(answers)); // (B)
          return Ops.scale(Ops.logSigmoid(Ops.scale(ratios, -beta)).mean(), -2 / beta);
        };
    return preference.beside(hyperparameters.alpha(), context, hyperparameters.epochs());
  }
}
