package io.nepenthe.plugins.gradientdifference;

import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.testkit.ForgetLossDefinition;
import org.junit.jupiter.api.Test;

/** Compares the loss with its definition: means over loops, rows to keep drawn again. */
class GradientDifferenceReferenceTest {
  private static final double GAMMA = 0.8;
  private static final double ALPHA = 1.7;

  @Test
  void lossEqualsTheDefinition() {
    MitigationContext context = ForgetLossDefinition.context();
    ForgetLossDefinition.check(
        context,
        GradientDifference.loss(
            new GradientDifference.Hyperparameters(1, 1, GAMMA, ALPHA), context),
        (model, held, original) ->
            GAMMA
                    * ForgetLossDefinition.mean(
                        row ->
                            ForgetLossDefinition.answer(context, model, row)
                                / context.windows().row(row).compare())
                + ALPHA * ForgetLossDefinition.retainedLoss(context, model));
    context.weights().close();
  }
}
