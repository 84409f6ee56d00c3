package io.nepenthe.unlearning;

import ai.djl.ndarray.NDArray;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.Parameters;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.Arrays;

/**
 * Rows to keep beside those to forget: a step on some rows to forget goes through as many of the
 * retain set, each drawn from all of it, as TOFU pairs them. They are drawn before the training, so
 * that what the original model says of them can be computed once. Not thread-safe.
 */
public final class RetainedRows {
  private final MitigationContext context;
  private final Sequences rows;
  private final int[] drawn;
  private int next;

  /**
   * Draws rows for so many passes over the rows to forget.
   *
   * @throws NepentheException if there are no rows to keep
   */
  public RetainedRows(MitigationContext context, int epochs) {
    this.context = context;
    this.rows = context.retainSet();
    if (rows.isEmpty()) {
      throw new NepentheException(
          ErrorCode.BAD_USAGE,
          "there are no rows to keep: give the method a retain set of at least one row");
    }
    this.drawn =
        context
            .random("rows to keep")
            .ints((long) epochs * context.forgetSet().rows(), 0, rows.rows())
            .toArray();
  }

  /** Returns every row that will be drawn, once each, in the order of the retain set. */
  public int[] all() {
    return Arrays.stream(drawn).distinct().sorted().toArray();
  }

  /** Returns the next rows, as many as a step has to forget. */
  public TokenBatch next(AnswerTokens answers) {
    int[] some = Arrays.copyOfRange(drawn, next, next + answers.rows().length);
    next += some.length;
    return TokenBatch.of(context.weights().manager(), rows, some, context.trainedLength(rows));
  }

  /** Returns the mean -log p of every token of the next rows, a scalar, in nats. */
  public NDArray nextLoss(AnswerTokens answers, Parameters parameters) {
    return NextTokenLoss.mean(context.model(), parameters, next(answers));
  }
}
