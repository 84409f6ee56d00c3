package io.nepenthe.plugins.ceu;

import ai.djl.ndarray.NDArray;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.unlearning.ForgetLoss;
import io.nepenthe.unlearning.LogitLosses;
import org.pf4j.Extension;

/**
 * CE-U: minimises the cross-entropy of predictions to their own softmax with the logit of the
 * compared token at minus infinity, which no gradient flows through.
 */
@Extension
public final class CeU implements Unlearning<CeU.Hyperparameters> {
  /**
   * How far.
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
    return (answers, parameters) -> {
      NDArray targets = answers.targets(); // (M)
      NDArray losses =
          answers.losses(
              parameters,
              (logits, from, to) ->
                  LogitLosses.crossEntropy(
                      LogitLosses.withoutTarget(
                          logits.stopGradient(), targets.get(from + ":" + to)),
                      logits));
      return answers.means(losses).mean();
    };
  }
}
