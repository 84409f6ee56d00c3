package io.nepenthe.plugins.ceu;

import io.nepenthe.data.Window;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.testkit.ForgetLossDefinition;
import io.nepenthe.testkit.SlowPredictions;
import org.junit.jupiter.api.Test;

/** Compares the loss with its definition: the target held, summed over the vocabulary by loops. */
class CeUReferenceTest {
  @Test
  void lossEqualsTheDefinition() {
    MitigationContext context = ForgetLossDefinition.context();
    ForgetLossDefinition.check(
        context,
        CeU.loss(),
        (model, held, original) ->
            ForgetLossDefinition.mean(row -> crossEntropy(context, model, held, row)));
    context.weights().close();
  }

  private static double crossEntropy(
      MitigationContext context, SlowPredictions model, SlowPredictions held, int row) {
    Window window = context.windows().row(row);
    double sum = 0;
    for (int position = window.prompt(); position < window.end(); position++) {
      double[] logits = held.logits(context.forgetSet(), row, position);
      logits[context.forgetSet().token(row, position)] = Double.NEGATIVE_INFINITY;
      double[] target = SlowPredictions.logSoftmax(logits);
      double[] now = model.logProbabilities(context.forgetSet(), row, position);
      for (int token = 0; token < now.length; token++) {
        sum -= Math.exp(target[token]) * now[token];
      }
    }
    return sum / window.compare();
  }
}
