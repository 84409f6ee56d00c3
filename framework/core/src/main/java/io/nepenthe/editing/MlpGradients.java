package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The gradient of a loss at MLP tensors, added up over mini-batches.
 *
 * <p>These tensors are the only leaves, so nothing is differentiated for attention, embeddings,
 * norms and head. They share the memory of the weights, which are only read. Deterministic on one
 * device with one number of threads. Not thread-safe; close it.
 */
public final class MlpGradients implements AutoCloseable {
  private final LanguageModel model;
  private final Weights weights;
  private final NDManager manager;
  private final Map<String, NDArray> leaves = new LinkedHashMap<>();

  /** Prepares a sum of zero at all that may be edited. */
  public MlpGradients(LanguageModel model, Weights weights) {
    this(model, weights, Edits.editable(model));
  }

  /** Prepares a sum of zero at some of the MLP tensors. */
  public MlpGradients(LanguageModel model, Weights weights, List<TensorSpec> tensors) {
    this.model = model;
    this.weights = weights;
    this.manager = weights.manager().newSubManager();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (TensorSpec tensor : tensors) {
        NDArray leaf = Torch.kept(manager, weights.tensor(tensor.name()));
        leaf.setRequiresGradient(true);
        leaves.put(tensor.name(), leaf);
      }
    }
  }

  /**
   * Adds a loss's gradient.
   *
   * @param loss what to differentiate, a scalar, given the parameters; its arrays belong to the
   *     scope of this call
   */
  public void add(Function<Parameters, NDArray> loss) {
    Torch.withGradients(
        true,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Parameters parameters = weights.parameters();
            for (Map.Entry<String, NDArray> leaf : leaves.entrySet()) {
              parameters = parameters.with(leaf.getKey(), leaf.getValue());
            }
            Torch.backward(loss.apply(parameters));
          }
        });
  }

  /** Adds the gradient of the mean language-model loss of some of the rows. */
  public void addMeanLoss(Sequences data, int[] rows, MitigationContext context) {
    int length = context.trainedLength(data);
    add(
        parameters ->
            NextTokenLoss.mean(
                model, parameters, TokenBatch.of(weights.manager(), data, rows, length)));
  }

  /** Returns the sizes of the forget set's gradient, of the sum of {@link #addForgetSet}. */
  public static EntryScores sizesOnForgetSet(int batchSize, MitigationContext context) {
    try (MlpGradients gradients = new MlpGradients(context.model(), context.weights())) {
      gradients.addForgetSet(batchSize, context);
      return gradients.sizes();
    }
  }

  /**
   * Adds the gradients of the mean language-model loss of every mini-batch of the forget set, in
   * order; a short last one counts as much as the others (UNLEARNING 7).
   */
  public void addForgetSet(int batchSize, MitigationContext context) {
    Sequences memorized = context.forgetSet();
    List<int[]> batches = MiniBatches.inOrder(memorized.rows(), batchSize);
    for (int b = 0; b < batches.size(); b++) {
      context.progress(b, batches.size());
      addMeanLoss(memorized, batches.get(b), context);
    }
  }

  /** Returns the sum so far at a tensor, in its shape; it belongs to this and grows with it. */
  public NDArray sum(String tensor) {
    return leaves.get(tensor).getGradient();
  }

  /** Returns the absolute values of the sum so far. */
  private EntryScores sizes() {
    EntryScores sizes = new EntryScores(weights);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      leaves.forEach((tensor, leaf) -> sizes.put(tensor, leaf.getGradient().abs()));
    }
    return sizes;
  }

  /**
   * Returns the entry with the largest weight * sum so far, its array counted in model order; equal
   * ones: the first.
   */
  public Entries.Entry largestProduct() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDList values = new NDList(leaves.values());
      NDList sums = new NDList(leaves.values().stream().map(NDArray::getGradient).toList());
      return Entries.largestProduct(values, sums);
    }
  }

  /** Begins a new sum. */
  public void clear() {
    leaves.values().forEach(Torch::zeroGradient);
  }

  @Override
  public void close() {
    manager.close();
  }
}
