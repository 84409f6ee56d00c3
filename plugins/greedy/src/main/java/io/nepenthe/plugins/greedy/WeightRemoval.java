package io.nepenthe.plugins.greedy;

import ai.djl.ndarray.NDArray;
import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.Edits;
import io.nepenthe.editing.MlpGradients;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.Entries;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The search: the model's weights lose at most one entry per step, and have all of them again when
 * this is closed. Not thread-safe; close it.
 */
final class WeightRemoval implements AutoCloseable {
  private final MitigationContext context;
  private final int batchSize;
  private final int forgetRows;
  private final Sequences rows;
  private final int length;
  private final Weights weights;
  private final List<TensorSpec> tensors;
  private final MlpGradients gradients;
  private final List<Greedy.Entry> removed = new ArrayList<>();
  private final List<float[]> removedValues = new ArrayList<>();
  private Iterator<int[]> batches = Collections.emptyIterator();
  private int passes;
  private long steps;

  WeightRemoval(int batchSize, MitigationContext context) {
    this.context = context;
    this.batchSize = batchSize;
    this.forgetRows = context.forgetSet().rows();
    this.rows = context.forgetSet().concat(context.retainSet());
    this.length = context.trainedLength(rows);
    this.weights = context.weights();
    this.tensors = Edits.editable(context.model());
    this.gradients = new MlpGradients(context.model(), weights, tensors);
  }

  /**
   * Takes one step: zeroes the entry with the largest weight * gradient, equal ones from the first
   * up, if it is positive. A step that finds none counts too (UNLEARNING 6).
   */
  void step() {
    int[] batch = nextBatch();
    Entries.Entry largest = gradients.largestProduct(parameters -> signedSum(parameters, batch));
    if (largest.value() > 0) {
      remove(tensors.get(largest.array()), largest.index());
    }
    steps++;
  }

  private void remove(TensorSpec tensor, long index) {
    removedValues.add(weights.values(tensor, index, 1));
    removed.add(new Greedy.Entry(tensor.name(), index));
    weights.write(tensor.offset() + index, new float[1]);
  }

  /** Returns the sum of the retain rows' mean losses minus that of the forget rows'. */
  private NDArray signedSum(Parameters parameters, int[] batchRows) {
    float[] signs = new float[batchRows.length];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = batchRows[i] < forgetRows ? -1 : 1;
    }
    TokenBatch batch = TokenBatch.of(weights.manager(), rows, batchRows, length);
    return NextTokenLoss.weightedSum(context.model(), parameters, batch, signs);
  }

  /** Returns the next rows of the current pass, or the first of a new one in a new order. */
  private int[] nextBatch() {
    if (!batches.hasNext()) {
      passes++;
      RandomGenerator random = context.random("shuffle/" + passes);
      batches = MiniBatches.shuffled(rows.rows(), batchSize, random).iterator();
    }
    return batches.next();
  }

  /** Returns how many steps were taken. */
  long steps() {
    return steps;
  }

  /** Returns the entries zeroed so far, in the order in which they went. */
  List<Greedy.Entry> removed() {
    return List.copyOf(removed);
  }

  @Override
  public void close() {
    gradients.close();
    for (int i = 0; i < removed.size(); i++) {
      Greedy.Entry entry = removed.get(i);
      long offset = context.model().layout().tensor(entry.tensor()).offset();
      weights.write(offset + entry.index(), removedValues.get(i));
    }
  }
}
