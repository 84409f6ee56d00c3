package io.nepenthe.plugins.npo;

import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.testkit.ForgetLossDefinition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the loss with its definition: ratios to the original model, summed over a row's tokens.
 */
class NpoReferenceTest {
  private static final double BETA = 0.3;

  @ParameterizedTest
  @ValueSource(doubles = {0, 1.7})
  void lossEqualsTheDefinition(double alpha) {
    MitigationContext context = ForgetLossDefinition.context();
    ForgetLossDefinition.check(
        context,
        Npo.loss(new Npo.Hyperparameters(1, 1, BETA, alpha), context),
        (model, held, original) ->
            2
                    / BETA
                    * ForgetLossDefinition.mean(
                        row ->
                            Math.log1p(
                                Math.pow(
                                    Math.exp(ForgetLossDefinition.answer(context, model, row))
                                        / Math.exp(
                                            ForgetLossDefinition.answer(context, original, row)),
                                    BETA)))
                + alpha * ForgetLossDefinition.retainedLoss(context, model));
    context.weights().close();
  }
}
