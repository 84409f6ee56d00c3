package io.nepenthe.unlearning;

import ai.djl.ndarray.NDArray;
import io.nepenthe.model.Parameters;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.Ops;

/**
 * What a training on the rows to forget minimises. A method that makes a model forget by such a
 * training is one of these and {@link #minimize}.
 */
@FunctionalInterface
public interface ForgetLoss {
  /**
   * Returns the scalar to minimise, differentiable in the parameters.
   *
   * @param answers the compared tokens of this step's rows to forget
   * @param parameters the tensors of this step
   */
  NDArray of(AnswerTokens answers, Parameters parameters);

  /**
   * Returns this and the mean -log p of rows to keep, all their tokens, times a weight. Where the
   * weight is 0 no row to keep is looked at.
   *
   * @param epochs passes over the rows to forget that the training will make
   */
  default ForgetLoss beside(double weight, MitigationContext context, int epochs) {
    if (weight == 0) {
      return this;
    }
    RetainedRows retained = new RetainedRows(context, epochs);
    return (answers, parameters) ->
        of(answers, parameters).add(Ops.scale(retained.nextLoss(answers, parameters), weight));
  }

  /**
   * Trains the model's weights on this, as the model was trained but for the learning rate: the
   * same batch size and optimizer, which remembers nothing at first.
   *
   * @param epochs passes over the rows to forget
   */
  default void minimize(MitigationContext context, int epochs, double learningRate) {
    context.train(
        context.forgetSet(),
        epochs,
        context.trained().requireSettings().at(learningRate),
        (batch, parameters) -> of(AnswerTokens.of(context, batch), parameters));
  }
}
