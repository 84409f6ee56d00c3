package io.nepenthe.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;

/**
 * A loss of the logits of a large vocabulary, some rows of them at a time: what a chunk computes is
 * forgotten behind it, and computed once more for its gradient. N = rows, D = width, V =
 * vocabulary.
 */
final class HeadLogitLoss implements Deferred.Operator {
  private final NDArray states; // (N, D)
  private final NDArray table; // (V, D)
  private final FloatType type;
  private final LogitLoss loss;
  private final long rows;
  private final long atOnce;
  private final NDArray losses; // (N)

  private HeadLogitLoss(
      NDArray states, NDArray table, FloatType type, LogitLoss loss, long atOnce) {
    this.states = states;
    this.table = table;
    this.type = type;
    this.loss = loss;
    this.rows = states.getShape().get(0);
    this.atOnce = atOnce;
    this.losses = states.getManager().zeros(new Shape(rows));
  }

  /**
   * Returns the loss of each row, (N); differentiable, by one {@link Torch#backward}.
   *
   * @param states (N, D)
   * @param table (V, D)
   * @param type what logits are computed in
   * @param atOnce how many rows' logits are there at a time
   */
  static NDArray of(NDArray states, NDArray table, FloatType type, LogitLoss loss, long atOnce) {
    HeadLogitLoss operator = new HeadLogitLoss(states, table, type, loss, atOnce);
    Torch.withGradients(false, operator::compute);
    return Deferred.isDifferentiated(states) || Deferred.isDifferentiated(table)
        ? Deferred.add(operator)
        : operator.losses;
  }

  private void compute() {
    forEachChunk(
        (from, to) ->
            Ops.copyInPlace(
                losses.get(from + ":" + to), chunk(states.get(from + ":" + to), table, from, to)));
  }

  private NDArray chunk(NDArray some, NDArray head, long from, long to) {
    return loss.of(VocabularyHead.logits(some, head, type), from, to);
  }

  @Override
  public NDArray result() {
    return losses;
  }

  @Override
  public void propagate(NDArray gradient, boolean keepsGraph) {
    NDArray atStates = states.getManager().zeros(states.getShape());
    NDArray head = table.stopGradient();
    head.setRequiresGradient(true);
    forEachChunk(
        (from, to) -> {
          String range = from + ":" + to;
          NDArray some = states.stopGradient().get(range).duplicate();
          some.setRequiresGradient(true);
          int mark = Deferred.mark();
          Deferred.backward(chunk(some, head, from, to), gradient.get(range), mark);
          Deferred.forget(mark);
          NDArray found = some.getGradient();
          Torch.withGradients(false, () -> Ops.copyInPlace(atStates.get(range), found));
        });
    // a scalar whose gradient at states and table is theirs
    NDArray surrogate =
        states.mul(atStates).sum().add(table.mul(head.getGradient().stopGradient()).sum());
    Deferred.pass(surrogate, surrogate.onesLike(), keepsGraph);
  }

  private interface Chunk {
    void use(long from, long to);
  }

  private void forEachChunk(Chunk chunk) {
    for (long from = 0; from < rows; from += atOnce) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        chunk.use(from, Math.min(from + atOnce, rows));
      }
    }
  }
}
