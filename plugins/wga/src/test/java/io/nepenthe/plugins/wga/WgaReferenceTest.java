package io.nepenthe.plugins.wga;

import io.nepenthe.data.Window;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.testkit.ForgetLossDefinition;
import io.nepenthe.testkit.SlowPredictions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the loss with its definition: every token by itself, its weight held. */
class WgaReferenceTest {
  private static final double BETA = 0.7;

  @ParameterizedTest
  @ValueSource(doubles = {0, 1.7})
  void lossEqualsTheDefinition(double alpha) {
    MitigationContext context = ForgetLossDefinition.context();
    ForgetLossDefinition.check(
        context,
        Wga.loss(new Wga.Hyperparameters(1, 1, BETA, alpha), context),
        (model, held, original) ->
            ForgetLossDefinition.mean(row -> weighted(context, model, held, row))
                + alpha * ForgetLossDefinition.retainedLoss(context, model));
    context.weights().close();
  }

  private static double weighted(
      MitigationContext context, SlowPredictions model, SlowPredictions held, int row) {
    Window window = context.windows().row(row);
    double sum = 0;
    for (int position = window.prompt(); position < window.end(); position++) {
      double weight =
          Math.pow(Math.exp(held.logProbability(context.forgetSet(), row, position)), BETA);
      sum += weight * model.logProbability(context.forgetSet(), row, position);
    }
    return sum / window.compare();
  }
}
