package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;

/**
 * The head of a language model: a table with a row per token of the vocabulary, by which hidden
 * states are multiplied. With a large vocabulary, not all logits are there at once. N = tokens, D =
 * width, V = vocabulary.
 */
public final class VocabularyHead {
  private static final long SMALL = 1024;

  private VocabularyHead() {}

  /**
   * Returns the logits of states.
   *
   * @param states (N, D), float32
   * @param table (V, D)
   * @param type what products are computed in
   * @return (N, V), float32
   */
  public static NDArray logits(NDArray states, NDArray table, FloatType type) {
    if (MixedLinear.isNeeded(table, type)) {
      return MixedLinear.of(states, table.transpose(), type, 1);
    }
    return MatrixProduct.isOfFewRows(states, table)
        ? MatrixProduct.ofFewRows(states, table, null)
        : states.matMul(table.transpose());
  }

  /**
   * Returns the cross-entropy of each target, in nats; differentiable by {@link Torch#backward}.
   *
   * @param states (N, D), float32
   * @param table (V, D)
   * @param targets the token after each state, (N), int64
   * @param type what logits are computed in; all else is float32
   * @return (N), at least 0
   */
  public static NDArray losses(NDArray states, NDArray table, NDArray targets, FloatType type) {
    return isSmall(table)
        ? Ops.crossEntropy(logits(states, table, type), targets)
        : HeadLoss.of(states, table, targets, type);
  }

  /**
   * Returns a loss of each state's logits, (N); differentiable by {@link Torch#backward}.
   *
   * @param states (N, D), float32
   * @param table (V, D)
   * @param type what logits are computed in; all else is float32
   */
  public static NDArray losses(NDArray states, NDArray table, LogitLoss loss, FloatType type) {
    long rows = states.getShape().get(0);
    return isSmall(table)
        ? loss.of(logits(states, table, type), 0, rows)
        : HeadLogitLoss.of(
            states,
            table,
            type,
            loss,
            LogitRows.atOnce(table.getShape().get(0), states.getDevice()));
  }

  private static boolean isSmall(NDArray table) {
    return table.getShape().get(0) <= SMALL;
  }

  /**
   * Returns what is predicted in the place of each target; no gradient.
   *
   * <p>A large table is gone through once for thousands of states: what is converted or rearranged
   * of it is so once, and its part and the logits of the moment are in the cache.
   *
   * @param banned an id that is never the likeliest, or -1; losses are the model's own all the same
   */
  public static Predictions predictions(
      NDArray states, NDArray table, NDArray targets, int banned, FloatType type) {
    int count = Math.toIntExact(targets.size());
    Predictions predictions = new Predictions(count);
    int atOnce = LogitRows.predicted(table.getShape().get(0), states.getDevice());
    for (int from = 0; from < count; from += atOnce) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        String rows = from + ":" + Math.min(from + atOnce, count);
        NDArray some = count <= atOnce ? states : states.get(rows);
        NDArray wanted = count <= atOnce ? targets : targets.get(rows);
        if (isSmall(table)) {
          predictions.fillFrom(from, logits(some, table, type), wanted, banned);
        } else {
          NDList found = inParts(some, table, wanted, banned, type);
          predictions.fill(from, found.get(0), found.get(1));
        }
      }
    }
    return predictions;
  }

  /** Returns losses and likeliest ids, by parts of the vocabulary. */
  private static NDList inParts(
      NDArray states, NDArray table, NDArray targets, int banned, FloatType type) {
    boolean byOneDnn = type == FloatType.FLOAT32 && !states.getDevice().isGpu();
    return Ops.callList(
        "head_predictions",
        states,
        table,
        targets,
        (long) banned,
        byOneDnn ? (long) MatrixProduct.IMAGES : 1L,
        (long) MatrixProduct.MOST_FEW_ROWS,
        LogitRows.columns(targets.size(), table.getShape().get(1), states.getDevice()),
        Ops.code(type));
  }

  /**
   * Returns the cross-entropy of each target, (n), and leaves probabilities in the buffer; no
   * gradient.
   *
   * @param buffer (n, V)
   */
  static NDArray lossesAndProbabilities(
      NDArray states, NDArray table, NDArray targets, NDArray buffer, FloatType type) {
    return Ops.inType("head_losses", type, states, table, targets, buffer);
  }

  /** Subtracts 1 from each row's probability of its target, (n, V); no gradient. */
  static NDArray errorsInPlace(NDArray probabilities, NDArray targets) {
    return Ops.script("head_errors_in_place", probabilities, targets);
  }
}
