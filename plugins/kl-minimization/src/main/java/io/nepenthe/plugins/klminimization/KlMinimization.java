package io.nepenthe.plugins.klminimization;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.tensor.Ops;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.unlearning.ForgetLoss;
import io.nepenthe.unlearning.LogitLosses;
import io.nepenthe.unlearning.OriginalLogits;
import io.nepenthe.unlearning.RetainedRows;
import org.pf4j.Extension;

/**
 * KL minimization: minimises {@code -NLL} of the rows to forget {@code + klWeight KL(original ||
 * model)} on as many rows to keep.
 *
 * <p>What the original model predicts there is computed once, before the training.
 */
@Extension
public final class KlMinimization implements Unlearning<KlMinimization.Hyperparameters> {
  /**
   * How far, and how much is held.
   *
   * @param epochs passes over the rows to forget
   * @param learningRate of AdamW
   * @param klWeight weight of the divergence
   */
  public record Hyperparameters(int epochs, double learningRate, double klWeight) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
    RetainedRows retained = new RetainedRows(context, hyperparameters.epochs());
    try (OriginalLogits original =
        new OriginalLogits(context, context.retainSet(), retained.all())) {
      loss(hyperparameters, context, retained, original)
          .minimize(context, hyperparameters.epochs(), hyperparameters.learningRate());
    }
  }

  static ForgetLoss loss(
      Hyperparameters hyperparameters,
      MitigationContext context,
      RetainedRows retained,
      OriginalLogits original) {
    return (answers, parameters) -> {
      NDArray divergence = divergence(context, parameters, retained.next(answers), original).mean();
      return Ops.scale(divergence, hyperparameters.klWeight()).sub(answers.meanLoss(parameters));
    };
  }

  /** Returns that of every token, (N). */
  private static NDArray divergence(
      MitigationContext context, Parameters parameters, TokenBatch kept, OriginalLogits original) {
    NDArray before = original.states(kept); // (N, D)
    NDArray states = context.model().hiddenStates(parameters, kept.inputs(), Tap.NONE); // (N, D)
    return context
        .model()
        .losses(
            parameters,
            states,
            (logits, from, to) ->
                LogitLosses.divergence(original.of(before.get(from + ":" + to)), logits));
  }
}
