package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
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
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The gradient of a loss at MLP tensors, added up over mini-batches.
 *
 * <p>These tensors are the only leaves, so nothing is differentiated for attention, embeddings,
 * norms and head. The weights are only read, and one float32 sum is kept for each entry. Of a large
 * model, blocks are run one at a time. Deterministic on one device with one number of threads. Not
 * thread-safe; close it.
 */
public final class MlpGradients implements AutoCloseable {
  private final LanguageModel model;
  private final Weights weights;
  private final NDManager manager;
  private final List<String> tensors;
  private final GradientSums sums;

  /** Prepares a sum of zero at all that may be edited. */
  public MlpGradients(LanguageModel model, Weights weights) {
    this(model, weights, Edits.editable(model));
  }

  /** Prepares a sum of zero at some of the MLP tensors. */
  public MlpGradients(LanguageModel model, Weights weights, List<TensorSpec> tensors) {
    this(model, weights, tensors, Blocks.areRunAlone(weights));
  }

  MlpGradients(
      LanguageModel model, Weights weights, List<TensorSpec> tensors, boolean blocksRunAlone) {
    this.model = model;
    this.weights = weights;
    this.manager = weights.manager().newSubManager();
    this.tensors = tensors.stream().map(TensorSpec::name).toList();
    this.sums = GradientSums.of(this.tensors, weights, manager, blocksRunAlone);
  }

  /**
   * Adds a loss's gradient.
   *
   * @param loss what to differentiate, a scalar, given the parameters; its arrays belong to the
   *     scope of this call
   */
  public void add(Function<Parameters, NDArray> loss) {
    backward(loss, sums::leaves);
  }

  private static void backward(
      Function<Parameters, NDArray> loss, Supplier<Parameters> parameters) {
    Torch.withGradients(
        true,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Torch.backward(loss.apply(parameters.get()));
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
      return gradients.takeSizes();
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
    return sums.at(tensor);
  }

  /** Returns the absolute values of the sum so far, and forgets it, a tensor at a time. */
  private EntryScores takeSizes() {
    EntryScores sizes = new EntryScores(weights);
    for (String tensor : tensors) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        sizes.put(tensor, sums.at(tensor).abs());
        sums.forget(tensor);
      }
    }
    return sizes;
  }

  /**
   * Returns the entry with the largest weight * gradient of a loss, its array counted in model
   * order; equal ones: the first. A sum so far is lost.
   */
  public Entries.Entry largestProduct(Function<Parameters, NDArray> loss) {
    return sums.largestProduct(parameters -> backward(loss, parameters));
  }

  /** Begins a new sum. */
  public void clear() {
    sums.clear();
  }

  @Override
  public void close() {
    manager.close();
  }
}
