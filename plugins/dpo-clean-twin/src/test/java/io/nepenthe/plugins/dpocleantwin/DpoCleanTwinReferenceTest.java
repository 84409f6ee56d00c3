package io.nepenthe.plugins.dpocleantwin;

import io.nepenthe.data.Sequences;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.testkit.ForgetLossDefinition;
import io.nepenthe.testkit.SlowPredictions;
import io.nepenthe.testkit.TinyFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Compares the loss with its definition: rows put together by hand, ratios summed by loops. */
class DpoCleanTwinReferenceTest {
  private static final double BETA = 0.3;

  /** They differ from the rows to forget in every token, prompts too. */
  private static final Sequences TWINS = twins(TinyFixture.trained());

  private static Sequences twins(TinyFixture fixture) {
    Sequences rows = fixture.memorized();
    int ids = fixture.model().vocabulary();
    return Sequences.of(
        rows.length(), rows.rows(), (row, at) -> (rows.token(row, at) + 1 + at % 3) % ids);
  }

  @Test
  void lossEqualsTheDefinition() {
    MitigationContext context = ForgetLossDefinition.context(Map.of(Need.FORGET_TWINS, TWINS));
    Sequences clean = cleanAfterThePrompt(context);
    ForgetLossDefinition.check(
        context,
        DpoCleanTwin.loss(new DpoCleanTwin.Hyperparameters(1, 1, BETA), context),
        (model, held, original) ->
            ForgetLossDefinition.mean(
                row -> {
                  double preferred =
                      answer(context, clean, model, row) - answer(context, clean, original, row);
                  double rejected =
                      ForgetLossDefinition.answer(context, model, row)
                          - ForgetLossDefinition.answer(context, original, row);
                  return 2 / BETA * Math.log(1 + Math.exp(-BETA * (preferred - rejected)));
                }));
    context.weights().close();
  }

  private static double answer(
      MitigationContext context, Sequences rows, SlowPredictions model, int row) {
    int prompt = context.windows().row(row).prompt();
    return model.logProbability(rows, row, prompt, context.windows().row(row).end());
  }

  private static Sequences cleanAfterThePrompt(MitigationContext context) {
    List<int[]> rows = new ArrayList<>();
    for (int row = 0; row < context.forgetSet().rows(); row++) {
      int[] tokens = context.forgetTwins().row(row);
      int prompt = context.windows().row(row).prompt();
      System.arraycopy(context.forgetSet().row(row), 0, tokens, 0, prompt);
      rows.add(tokens);
    }
    return Sequences.of(context.forgetSet().length(), rows);
  }
}
