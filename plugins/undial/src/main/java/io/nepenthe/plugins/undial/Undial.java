package io.nepenthe.plugins.undial;

import ai.djl.ndarray.NDArray;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.unlearning.ForgetLoss;
import io.nepenthe.unlearning.LogitLosses;
import io.nepenthe.unlearning.OriginalLogits;
import org.pf4j.Extension;

/**
 * UNDIAL: minimises the cross-entropy of predictions to {@code softmax(z - beta onehot(y))} on the
 * compared tokens y of the rows to forget, z being the original model's logits, frozen.
 */
@Extension
public final class Undial implements Unlearning<Undial.Hyperparameters> {
  /**
   * How far, and how much is taken from a token.
   *
   * @param epochs passes over the rows to forget
   * @param learningRate of AdamW
   * @param beta by how much the logit of a memorized token is lowered
   */
  public record Hyperparameters(int epochs, double learningRate, double beta) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
    try (OriginalLogits original =
        new OriginalLogits(context, context.forgetSet(), context.forgetSet().indices())) {
      loss(hyperparameters, original)
          .minimize(context, hyperparameters.epochs(), hyperparameters.learningRate());
    }
  }

  static ForgetLoss loss(Hyperparameters hyperparameters, OriginalLogits original) {
    return (answers, parameters) -> {
      NDArray before = answers.at(original.states(answers.batch())); // (M, D)
      NDArray targets = answers.targets(); // (M)
      NDArray losses =
          answers.losses(
              parameters,
              (logits, from, to) -> {
                String some = from + ":" + to;
                NDArray lowered =
                    LogitLosses.lowered(
                        original.of(before.get(some)), targets.get(some), hyperparameters.beta());
                return LogitLosses.crossEntropy(lowered.softmax(1), logits);
              });
      return answers.means(losses).mean();
    };
  }
}
