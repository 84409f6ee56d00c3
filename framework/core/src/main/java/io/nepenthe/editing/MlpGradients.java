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
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.List;
import java.util.function.Function;

/**
 * The gradient of a loss at the MLP tensors, added up over mini-batches.
 *
 * <p>One vector with a copy of the MLP tensors is the only leaf, so nothing is differentiated for
 * attention, embeddings, norms and head. The weights themselves are only read. Deterministic on one
 * device with one number of threads. Not thread-safe; close it.
 */
public final class MlpGradients implements AutoCloseable {
  private final LanguageModel model;
  private final Weights weights;
  private final MlpLayout layout;
  private final NDManager manager;
  private final NDArray values;

  /** Prepares a sum of zero; later changes of the weights are not seen. */
  public MlpGradients(LanguageModel model, Weights weights) {
    this.model = model;
    this.weights = weights;
    this.layout = MlpLayout.of(model);
    this.manager = weights.manager().newSubManager();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float[] copy = layout.gather(weights);
      this.values = Torch.kept(manager, Torch.floats(manager, copy, copy.length));
      values.setRequiresGradient(true);
    }
  }

  /** Returns where each tensor lies in {@link #values} and {@link #sums}. */
  public MlpLayout layout() {
    return layout;
  }

  /**
   * Returns the copy of the MLP tensors the gradient is taken at, (M); writing to it in place,
   * without gradients, changes what later losses see.
   */
  public NDArray values() {
    return values;
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
            Torch.backward(loss.apply(parameters()));
          }
        });
  }

  private Parameters parameters() {
    Parameters parameters = weights.parameters();
    List<TensorSpec> tensors = layout.tensors();
    List<NDArray> parts = Ops.split(values, tensors.stream().mapToLong(TensorSpec::size).toArray());
    for (int i = 0; i < parts.size(); i++) {
      TensorSpec tensor = tensors.get(i);
      parameters = parameters.with(tensor.name(), parts.get(i).reshape(tensor.dimensions()));
    }
    return parameters;
  }

  /** Adds the gradient of the mean language-model loss of some of the rows. */
  public void addMeanLoss(Sequences data, int[] rows, MitigationContext context) {
    int length = context.trainedLength(data);
    add(
        parameters ->
            NextTokenLoss.mean(
                model, parameters, TokenBatch.of(weights.manager(), data, rows, length)));
  }

  /** Returns the sizes of the forget set's gradient, (M): of the sum of {@link #addForgetSet}. */
  public static float[] sizesOnForgetSet(int batchSize, MitigationContext context) {
    try (MlpGradients gradients = new MlpGradients(context.model(), context.weights())) {
      gradients.addForgetSet(batchSize, context);
      return Selection.absolute(gradients.sums());
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

  /** Returns the sum so far, (M); it belongs to this object and grows with it. */
  public NDArray gradient() {
    return values.getGradient();
  }

  /** Returns a copy of the sum so far, (M). */
  public float[] sums() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return gradient().toFloatArray();
    }
  }

  /** Begins a new sum. */
  public void clear() {
    Torch.zeroGradient(values);
  }

  @Override
  public void close() {
    manager.close();
  }
}
