package io.nepenthe.plugins.klminimization;

import io.nepenthe.data.Sequences;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.testkit.ForgetLossDefinition;
import io.nepenthe.testkit.SlowPredictions;
import io.nepenthe.unlearning.OriginalLogits;
import io.nepenthe.unlearning.RetainedRows;
import org.junit.jupiter.api.Test;

/** Compares the loss with its definition: the divergence summed over the vocabulary by loops. */
class KlMinimizationReferenceTest {
  private static final double WEIGHT = 1.7;

  @Test
  void lossEqualsTheDefinition() {
    MitigationContext context = ForgetLossDefinition.context();
    RetainedRows retained = new RetainedRows(context, 1);
    try (OriginalLogits frozen = new OriginalLogits(context, context.retainSet(), retained.all())) {
      ForgetLossDefinition.check(
          context,
          KlMinimization.loss(
              new KlMinimization.Hyperparameters(1, 1, WEIGHT), context, retained, frozen),
          (model, held, original) ->
              ForgetLossDefinition.mean(
                      row ->
                          ForgetLossDefinition.answer(context, model, row)
                              / context.windows().row(row).compare())
                  + WEIGHT * divergence(context, model, original));
    }
    context.weights().close();
  }

  private static double divergence(
      MitigationContext context, SlowPredictions model, SlowPredictions original) {
    Sequences rows = context.retainSet();
    int tokens = 0;
    double sum = 0;
    for (int row : ForgetLossDefinition.retained(context)) {
      for (int position = 1; position < context.trainedLength(rows); position++) {
        double[] before = original.logProbabilities(rows, row, position);
        double[] now = model.logProbabilities(rows, row, position);
        for (int token = 0; token < now.length; token++) {
          sum += Math.exp(before[token]) * (before[token] - now[token]);
        }
        tokens++;
      }
    }
    return sum / tokens;
  }
}
