package io.nepenthe.unlearning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.Torch;

/**
 * How likely the original model finds each row's compared tokens: log p(y | prompt), summed over
 * them. Computed once, before the training changes the model.
 */
public final class OriginalAnswers {
  private final float[] logProbabilities;

  /**
   * Asks the model as it is.
   *
   * @param rows of which row i has the window of row i to forget
   */
  public OriginalAnswers(MitigationContext context, Sequences rows) {
    logProbabilities = new float[rows.rows()];
    int size = context.trained().requireSettings().batchSize();
    Torch.withGradients(
        false,
        () -> {
          for (int[] batch : MiniBatches.inOrder(rows.rows(), size)) {
            context.progress(0, rows.rows());
            float[] found = asked(context, rows, batch);
            for (int i = 0; i < batch.length; i++) {
              logProbabilities[batch[i]] = found[i];
            }
          }
        });
  }

  private static float[] asked(MitigationContext context, Sequences rows, int[] some) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      AnswerTokens answers = AnswerTokens.of(context, rows, some);
      return answers.sums(answers.losses(context.weights().parameters())).neg().toFloatArray();
    }
  }

  /** Returns those of a batch's rows, (B), in nats. */
  public NDArray of(AnswerTokens answers) {
    int[] rows = answers.rows();
    float[] some = new float[rows.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = logProbabilities[rows[i]];
    }
    return Torch.floats(answers.batch().inputs().getManager(), some, some.length);
  }
}
