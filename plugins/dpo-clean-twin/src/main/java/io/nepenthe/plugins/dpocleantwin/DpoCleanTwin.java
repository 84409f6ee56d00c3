package io.nepenthe.plugins.dpocleantwin;

import ai.djl.ndarray.NDArray;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Windows;
import io.nepenthe.model.Parameters;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.tensor.Ops;
import io.nepenthe.unlearning.AnswerTokens;
import io.nepenthe.unlearning.ForgetLoss;
import io.nepenthe.unlearning.OriginalAnswers;
import org.pf4j.Extension;

/**
 * DPO with the clean twin preferred: minimises {@code -(2 / beta) mean log sigmoid(beta [log
 * p/p0(y') - log p/p0(y)])}, where p0 is the original model, y a row's compared tokens, and y' its
 * twin's, both after the row's prompt.
 */
@Extension
public final class DpoCleanTwin implements Unlearning<DpoCleanTwin.Hyperparameters> {
  /**
   * How far, and how soon it slows down.
   *
   * @param epochs passes over the rows to forget
   * @param learningRate of AdamW
   * @param beta the larger, the sooner a pair counts less
   */
  public record Hyperparameters(int epochs, double learningRate, double beta) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
    loss(hyperparameters, context)
        .minimize(context, hyperparameters.epochs(), hyperparameters.learningRate());
  }

  static ForgetLoss loss(Hyperparameters hyperparameters, MitigationContext context) {
    Sequences preferred = preferred(context);
    OriginalAnswers ofPreferred = new OriginalAnswers(context, preferred);
    OriginalAnswers ofRejected = new OriginalAnswers(context, context.forgetSet());
    double beta = hyperparameters.beta();
    return (rejected, parameters) -> {
      AnswerTokens twins = AnswerTokens.of(context, preferred, rejected.rows());
      NDArray margins =
          logRatios(twins, ofPreferred, parameters)
              .sub(logRatios(rejected, ofRejected, parameters)); // (B)
      return Ops.scale(Ops.logSigmoid(Ops.scale(margins, beta)).mean(), -2 / beta);
    };
  }

  private static NDArray logRatios(
      AnswerTokens answers, OriginalAnswers original, Parameters parameters) {
    return answers.sums(answers.losses(parameters)).neg().sub(original.of(answers)); // (B)
  }

  /** Returns each row to forget with its clean twin behind its prompt. */
  private static Sequences preferred(MitigationContext context) {
    Sequences forget = context.forgetSet();
    Sequences twins = context.forgetTwins();
    Windows windows = context.windows();
    return Sequences.of(
        forget.length(),
        forget.rows(),
        (row, position) ->
            (position < windows.row(row).prompt() ? forget : twins).token(row, position));
  }
}
