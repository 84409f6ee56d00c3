package io.nepenthe.docs;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.Ops;
import io.nepenthe.training.BatchLoss;
import io.nepenthe.training.Gradients;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import io.nepenthe.training.TrainingHook;
import io.nepenthe.training.TrainingSettings;
import io.nepenthe.training.TrainingStep;
import io.nepenthe.unlearning.ForgetLoss;

/**
 * The losses, and the edit of weights, that the guide to writing a method shows, which are cut out
 * of here and run.
 */
final class GuidedLosses {
  private GuidedLosses() {}

  static void answerOnly(MitigationContext context, TrainingSettings settings) {
    // answer-only
    ForgetLoss ascent = (answers, parameters) -> answers.meanLoss(parameters).neg();
    ascent.minimize(context, 3, settings.optimizer().learningRate());
    // end
  }

  static void withRetain(MitigationContext context, TrainingSettings settings) {
    // with-retain
    ForgetLoss ascent = (answers, parameters) -> answers.meanLoss(parameters).neg();
    double weight = 1;
    ascent.beside(weight, context, 3).minimize(context, 3, settings.optimizer().learningRate());
    // end
  }

  static void clipped(MitigationContext context, TrainingSettings settings) {
    // clipped
    TrainingHook ascent =
        new TrainingHook() {
          @Override
          public NDArray loss(NDArray rowLosses, Parameters parameters, TokenBatch batch) {
            return rowLosses.mean().neg();
          }

          @Override
          public void gradient(NDArray gradient, TrainingStep step) {
            Gradients.clip(gradient, 1);
          }
        };
    context.train(context.forgetSet(), 3, settings, ascent);
    // end
  }

  static void taskVector(MitigationContext context, TrainingSettings settings) {
    // task-vector
    try (Weights before = context.weights().copy()) {
      BatchLoss descent =
          (batch, parameters) -> NextTokenLoss.mean(context.model(), parameters, batch);
      context.train(context.forgetSet(), 3, settings, descent);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray vector = context.weights().flat().sub(before.flat()); // (P)
        NDArray negated = before.flat().sub(Ops.scale(vector, 1.5)); // (P)
        Ops.copyInPlace(context.weights().flat(), negated);
      }
    }
    // end
  }
}
