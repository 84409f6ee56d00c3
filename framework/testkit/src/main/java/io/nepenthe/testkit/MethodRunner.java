package io.nepenthe.testkit;

import io.nepenthe.data.Sequences;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.FineTuning;
import io.nepenthe.plugin.Hyperparameters;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.MitigationMethod;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.OptimizerState;
import io.nepenthe.training.Training;
import io.nepenthe.training.TrainingHook;
import java.util.Map;
import java.util.Objects;

/** Runs a method in this process, as a worker would in its own. */
public final class MethodRunner {
  private static final int REGULARIZED_PASSES = 4;

  private MethodRunner() {}

  /**
   * Lets the method change the context's weights, and returns them; closes the weights. A
   * regularizer trains the fixture's first values for a few passes instead, and folds.
   */
  public static <P extends Record> float[] run(
      MitigationMethod<P> method, Map<String, Number> point, MitigationContext context) {
    try (Weights weights = context.weights()) {
      if (method instanceof Regularizer<P> regularizer) {
        return regularized(regularizer, bound(method, point), context);
      }
      change(method, point, context);
      return weights.toFloats();
    }
  }

  /** Lets a method that does not take part in training change the context's weights. */
  static <P extends Record> void change(
      MitigationMethod<P> method, Map<String, Number> point, MitigationContext context) {
    P hyperparameters = bound(method, point);
    if (method instanceof FineTuning<P> fineTuning) {
      fineTuning.fineTune(hyperparameters, context);
    } else if (method instanceof Unlearning<P> unlearning) {
      unlearning.mitigate(hyperparameters, context);
      Objects.requireNonNull(unlearning.blockedNgrams(hyperparameters, context));
    }
  }

  private static <P extends Record> P bound(MitigationMethod<P> method, Map<String, Number> point) {
    return Hyperparameters.bind(method.hyperparameters(), point);
  }

  private static <P extends Record> float[] regularized(
      Regularizer<P> regularizer, P hyperparameters, MitigationContext context) {
    TinyFixture fixture = TinyFixture.trained();
    Sequences rows = regularizer.trainingRows(fixture.data().train(), context);
    TrainingHook hook = regularizer.hook(hyperparameters, context);
    try (Weights weights = fixture.initialWeights();
        Training training = fixture.training(weights, rows, hook, OptimizerState.FRESH)) {
      for (int pass = 0; pass < REGULARIZED_PASSES; pass++) {
        training.pass(pass);
      }
      Torch.withGradients(false, () -> hook.fold(fixture.model(), weights));
      return weights.toFloats();
    }
  }
}
