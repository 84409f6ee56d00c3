package io.nepenthe.unlearning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.FloatArrays;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.TokenBatch;
import java.util.Arrays;

/**
 * What the original model predicts in rows, frozen: the rows go through it once, before the
 * training changes it. What stays is their final hidden states and a copy of the head, from which
 * come the logits, some at a time. Close it.
 *
 * <p>R = rows, T = tokens read of each, D = width, V = vocabulary.
 */
public final class OriginalLogits implements AutoCloseable {
  private final LanguageModel model;
  private final NDManager manager;
  private final int length;
  private final int[] slots; // by row, where its states lie; -1 if nowhere
  private final NDArray states; // (R*T, D)
  private final Parameters head;

  /**
   * Asks the model as it is.
   *
   * @param some the rows that will be asked for, each once
   */
  public OriginalLogits(MitigationContext context, Sequences rows, int... some) {
    this.model = context.model();
    this.manager = context.weights().manager().newSubManager();
    this.length = context.trainedLength(rows) - 1;
    this.slots = new int[rows.rows()];
    Shape shape = new Shape((long) some.length * length, model.width());
    this.states = Torch.kept(manager, manager.zeros(shape));
    this.head = frozenHead(context.weights());
    Arrays.fill(slots, -1);
    for (int slot = 0; slot < some.length; slot++) {
      slots[some[slot]] = slot;
    }
    boolean done = false;
    try {
      Torch.withGradients(false, () -> read(context, rows, some));
      done = true;
    } finally {
      if (!done) {
        manager.close();
      }
    }
  }

  /** Logits are made of the embeddings and the head alone. */
  private Parameters frozenHead(Weights weights) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Parameters frozen = weights.parameters();
      for (String name : model.embeddings()) {
        NDArray copy = FloatArrays.widened(frozen.get(name)).duplicate();
        frozen = frozen.with(name, Torch.kept(manager, copy));
      }
      return frozen; // its other tensors go with the scope
    }
  }

  private void read(MitigationContext context, Sequences rows, int[] some) {
    int size = context.trained().requireSettings().batchSize();
    int slot = 0;
    for (int[] batchRows : MiniBatches.of(some, size)) {
      context.progress(0, some.length);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray inputs = TokenBatch.of(manager, rows, batchRows, length + 1).inputs();
        NDArray found = model.hiddenStates(context.weights().parameters(), inputs, Tap.NONE);
        long from = (long) slot * length;
        Ops.copyInPlace(states.get(from + ":" + (from + found.getShape().get(0))), found);
      }
      slot += batchRows.length;
    }
  }

  /** Returns the final hidden states of a batch of these rows, (B*T, D). */
  public NDArray states(TokenBatch batch) {
    long[] positions = new long[batch.size() * length];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = (long) slots[batch.row(i / length)] * length + i % length;
    }
    return states.get(Torch.longs(batch.inputs().getManager(), positions, positions.length));
  }

  /**
   * Returns the logits of some states, without gradient.
   *
   * @param some (n, D)
   * @return (n, V)
   */
  public NDArray of(NDArray some) {
    return model.logits(head, some);
  }

  @Override
  public void close() {
    manager.close();
  }
}
