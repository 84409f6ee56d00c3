package io.nepenthe.plugins.undial;

import io.nepenthe.data.Window;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.testkit.ForgetLossDefinition;
import io.nepenthe.testkit.SlowPredictions;
import io.nepenthe.unlearning.OriginalLogits;
import org.junit.jupiter.api.Test;

/**
 * Compares the loss with its definition: targets from the original's logits, summed over the
 * vocabulary.
 */
class UndialReferenceTest {
  private static final double BETA = 3;

  @Test
  void lossEqualsTheDefinition() {
    MitigationContext context = ForgetLossDefinition.context();
    try (OriginalLogits frozen =
        new OriginalLogits(context, context.forgetSet(), context.forgetSet().indices())) {
      ForgetLossDefinition.check(
          context,
          Undial.loss(new Undial.Hyperparameters(1, 1, BETA), frozen),
          (model, held, original) ->
              ForgetLossDefinition.mean(row -> crossEntropy(context, model, original, row)));
    }
    context.weights().close();
  }

  private static double crossEntropy(
      MitigationContext context, SlowPredictions model, SlowPredictions original, int row) {
    Window window = context.windows().row(row);
    double sum = 0;
    for (int position = window.prompt(); position < window.end(); position++) {
      double[] logits = original.logits(context.forgetSet(), row, position);
      logits[context.forgetSet().token(row, position)] -= BETA;
      double[] target = SlowPredictions.logSoftmax(logits);
      double[] now = model.logProbabilities(context.forgetSet(), row, position);
      for (int token = 0; token < now.length; token++) {
        sum -= Math.exp(target[token]) * now[token];
      }
    }
    return sum / window.compare();
  }
}
