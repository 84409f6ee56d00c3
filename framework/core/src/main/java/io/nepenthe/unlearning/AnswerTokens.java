package io.nepenthe.unlearning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.data.Windows;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.LogitLoss;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.TokenBatch;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The compared tokens of a batch, those that a row to forget is judged by: y in papers, given the
 * prompt before it. Its arrays belong to the scope it was made in.
 *
 * <p>B = rows, T = tokens read of each, N = B*T, M = compared tokens of all rows, one row after
 * another, D = width, V = vocabulary.
 */
public final class AnswerTokens {
  private final LanguageModel model;
  private final TokenBatch batch;
  private final NDArray positions; // (M), int64, each below N
  private final NDArray membership; // (B, M), 1 where a token is of a row
  private final NDArray counts; // (B), of each row's tokens

  private AnswerTokens(
      LanguageModel model,
      TokenBatch batch,
      NDArray positions,
      NDArray membership,
      NDArray counts) {
    this.model = model;
    this.batch = batch;
    this.positions = positions;
    this.membership = membership;
    this.counts = counts;
  }

  /**
   * Returns those of a batch of the rows to forget, or of other rows with their windows.
   *
   * @param batch of rows of which row i has the window of row i to forget
   */
  public static AnswerTokens of(MitigationContext context, TokenBatch batch) {
    Windows windows = context.windows();
    int[] first = new int[batch.size()];
    int[] last = new int[batch.size()];
    int all = 0;
    for (int i = 0; i < first.length; i++) {
      Window window = windows.row(batch.row(i));
      last[i] = Math.min(window.end(), batch.length() + 1);
      first[i] = Math.min(window.prompt(), last[i] - 1); // one token at least
      all += last[i] - first[i];
    }
    long[] positions = new long[all];
    float[] membership = new float[first.length * all];
    float[] counts = new float[first.length];
    int next = 0;
    for (int i = 0; i < first.length; i++) {
      counts[i] = last[i] - first[i];
      Arrays.fill(membership, i * all + next, i * all + next + last[i] - first[i], 1);
      for (int token = first[i]; token < last[i]; token++) {
        positions[next++] = (long) i * batch.length() + token - 1; // predicted one before it
      }
    }
    NDManager manager = batch.inputs().getManager();
    return new AnswerTokens(
        context.model(),
        batch,
        Torch.longs(manager, positions, all),
        Torch.floats(manager, membership, first.length, all),
        Torch.floats(manager, counts, first.length));
  }

  /** Returns those of some rows, of which row i has the window of row i to forget. */
  public static AnswerTokens of(MitigationContext context, Sequences rows, int... some) {
    return of(
        context,
        TokenBatch.of(context.weights().manager(), rows, some, context.trainedLength(rows)));
  }

  /** Returns the index of each row of the batch, (B). */
  public int[] rows() {
    return IntStream.range(0, batch.size()).map(batch::row).toArray();
  }

  /** Returns the batch. */
  public TokenBatch batch() {
    return batch;
  }

  /** Returns the compared tokens, (M), int64. */
  public NDArray targets() {
    return batch.targets().get(positions);
  }

  /** Returns what there is for each position of the batch, (N, D), of these tokens, (M, D). */
  public NDArray at(NDArray ofPositions) {
    return Ops.embedding(positions, ofPositions); // differentiable
  }

  /** Returns each token's -log p, (M), in nats. */
  public NDArray losses(Parameters parameters) {
    return model.losses(parameters, states(parameters), targets());
  }

  /** Returns a loss of each token's logits, (M). */
  public NDArray losses(Parameters parameters, LogitLoss loss) {
    return model.losses(parameters, states(parameters), loss);
  }

  private NDArray states(Parameters parameters) {
    return at(model.hiddenStates(parameters, batch.inputs(), Tap.NONE));
  }

  /** Returns each row's sum, (B), of what there is for each token, (M). */
  public NDArray sums(NDArray ofTokens) {
    return membership.matMul(ofTokens.reshape(-1, 1)).reshape(-1); // (B, M) (M, 1) -> (B)
  }

  /** Returns each row's mean, (B), of what there is for each token, (M). */
  public NDArray means(NDArray ofTokens) {
    return sums(ofTokens).div(counts);
  }

  /** Returns the mean over rows of each row's mean -log p, a scalar, in nats. */
  public NDArray meanLoss(Parameters parameters) {
    return means(losses(parameters)).mean();
  }
}
