package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The cross-entropy behind a linear head over a large vocabulary, without ever holding more than a
 * few rows of its logits.
 *
 * <p>The gradient at the logits is (probabilities - one-hot target) times that at the loss. While a
 * chunk of rows is in the cache it is multiplied with the head's table and with the states, as if
 * the gradient at every loss were 1, and forgotten. When the true gradients are known, that of the
 * states needs a factor for each row only. That of the table, a sum over rows, needs one factor if
 * all rows have the same, as in a mean; rows that differ from the most common one are computed once
 * more, with the difference. N = rows, D = width, V = vocabulary.
 */
final class HeadLoss implements Deferred.Operator {
  private final NDArray states; // (N, D)
  private final NDArray table; // (V, D)
  private final NDArray targets; // (N)
  private final FloatType type;
  private final NDArray losses; // (N)
  private final @Nullable NDArray atStates; // (N, D), null if no gradient is wanted there
  private final @Nullable NDArray atTable; // (V, D), null if no gradient is wanted there

  private HeadLoss(NDArray states, NDArray table, NDArray targets, FloatType type) {
    NDManager manager = states.getManager();
    this.states = states;
    this.table = table;
    this.targets = targets;
    this.type = type;
    this.losses = manager.zeros(new Shape(states.getShape().get(0)));
    this.atStates = Deferred.isDifferentiated(states) ? manager.zeros(states.getShape()) : null;
    this.atTable = Deferred.isDifferentiated(table) ? manager.zeros(table.getShape()) : null;
  }

  /**
   * Returns the cross-entropy of each row, in nats; differentiable, by one {@link Torch#backward}.
   *
   * @param states (N, D)
   * @param table one row per class, (V, D)
   * @param targets classes, (N), int64
   * @param type what logits are computed in
   * @return (N)
   */
  static NDArray of(NDArray states, NDArray table, NDArray targets, FloatType type) {
    HeadLoss loss = new HeadLoss(states, table, targets, type);
    Torch.withGradients(false, loss::compute);
    return loss.atStates == null && loss.atTable == null ? loss.losses : Deferred.add(loss);
  }

  private void compute() {
    new Chunks(states, targets)
        .forEach(
            (rows, chunk, classes, buffer) -> {
              NDArray computed =
                  VocabularyHead.lossesAndProbabilities(chunk, table, classes, buffer, type);
              Ops.copyInPlace(losses.get(rows), computed);
              if (atStates != null || atTable != null) {
                NDArray errors = VocabularyHead.errorsInPlace(buffer, classes);
                if (atStates != null) {
                  Ops.productInto(errors, table, atStates.get(rows), type);
                }
                if (atTable != null) {
                  Ops.addTransposedProductInPlace(atTable, errors, chunk);
                }
              }
            });
  }

  @Override
  public NDArray result() {
    return losses;
  }

  @Override
  public void propagate(NDArray gradient, boolean keepsGraph) {
    NDArray surrogate = surrogate(gradient);
    Deferred.pass(surrogate, surrogate.onesLike(), keepsGraph);
  }

  /** Returns a scalar whose gradient at states and table is that of the whole. */
  private NDArray surrogate(NDArray gradient) {
    NDArray[] fixed = new NDArray[2];
    Torch.withGradients(
        false,
        () -> {
          fixed[0] = atStates == null ? null : atStates.mul(gradient.reshape(-1, 1));
          fixed[1] = atTable == null ? null : summed(atTable, gradient);
        });
    NDArray ofStates = fixed[0] == null ? null : states.mul(fixed[0]).sum();
    NDArray ofTable = fixed[1] == null ? null : table.mul(fixed[1]).sum();
    return ofStates == null ? ofTable : ofTable == null ? ofStates : ofStates.add(ofTable);
  }

  /** The gradient at the table, given those at the losses. */
  private NDArray summed(NDArray ofEqualRows, NDArray gradient) {
    float[] values = gradient.toFloatArray();
    float common = mostCommon(values);
    NDArray sum = Ops.scale(ofEqualRows, common);
    long[] others =
        LongStream.range(0, values.length).filter(i -> values[(int) i] != common).toArray();
    if (others.length > 0) {
      NDArray index = Torch.longs(states.getManager(), others, others.length);
      NDArray differences = gradient.get(index).sub(Ops.scalar(gradient, common)).reshape(-1, 1);
      new Chunks(states.get(index), targets.get(index))
          .forEach(
              (rows, chunk, classes, buffer) -> {
                VocabularyHead.lossesAndProbabilities(chunk, table, classes, buffer, type);
                NDArray errors = VocabularyHead.errorsInPlace(buffer, classes);
                Ops.addTransposedProductInPlace(sum, errors, chunk.mul(differences.get(rows)));
              });
    }
    return sum;
  }

  private static float mostCommon(float[] values) {
    Map<Float, Integer> counts = new HashMap<>();
    for (float value : values) {
      counts.merge(value, 1, Integer::sum);
    }
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** Some rows, as an index into others of the same number; a buffer for their logits. */
  @FunctionalInterface
  private interface Chunk {
    void use(String rows, NDArray states, NDArray targets, NDArray buffer);
  }

  private final class Chunks {
    private final NDArray all;
    private final NDArray classes;

    Chunks(NDArray all, NDArray classes) {
      this.all = all;
      this.classes = classes;
    }

    void forEach(Chunk chunk) {
      long vocabulary = table.getShape().get(0);
      long count = all.getShape().get(0);
      long size = Math.min(count, LogitRows.atOnce(vocabulary, all.getDevice()));
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray buffer = all.getManager().zeros(new Shape(size, vocabulary));
        for (long from = 0; from < count; from += size) {
          long to = Math.min(from + size, count);
          try (NDScope inner = new NDScope()) {
            inner.suppressNotUsedWarning();
            String rows = from + ":" + to;
            chunk.use(rows, all.get(rows), classes.get(rows), buffer.get("0:" + (to - from)));
          }
        }
      }
    }
  }
}
