package io.nepenthe.plugins.gradientascent;

import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.testkit.ForgetLossDefinition;
import org.junit.jupiter.api.Test;

/** Compares the loss with its definition: the mean over rows of the mean log-probability. */
class GradientAscentReferenceTest {
  @Test
  void lossEqualsTheDefinition() {
    MitigationContext context = ForgetLossDefinition.context();
    ForgetLossDefinition.check(
        context,
        GradientAscent.loss(),
        (model, held, original) ->
            ForgetLossDefinition.mean(
                row ->
                    ForgetLossDefinition.answer(context, model, row)
                        / context.windows().row(row).compare()));
    context.weights().close();
  }
}
