package io.nepenthe.plugins.simnpo;

import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.testkit.ForgetLossDefinition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the loss with its definition: each row's mean loss, by loops. */
class SimNpoReferenceTest {
  private static final double BETA = 1.3;
  private static final double GAMMA = 0.4;

  @ParameterizedTest
  @ValueSource(doubles = {0, 1.7})
  void lossEqualsTheDefinition(double alpha) {
    MitigationContext context = ForgetLossDefinition.context();
    ForgetLossDefinition.check(
        context,
        SimNpo.loss(new SimNpo.Hyperparameters(1, 1, BETA, GAMMA, alpha), context),
        (model, held, original) ->
            2
                    / BETA
                    * ForgetLossDefinition.mean(
                        row -> {
                          double mean =
                              -ForgetLossDefinition.answer(context, model, row)
                                  / context.windows().row(row).compare();
                          return Math.log(1 + Math.exp(GAMMA - BETA * mean));
                        })
                + alpha * ForgetLossDefinition.retainedLoss(context, model));
    context.weights().close();
  }
}
