package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sums the language-model loss's gradient at the MLP tensors over mini-batches.
 *
 * <p>Copies of the MLP tensors are the only leaves, so nothing is differentiated for attention,
 * embeddings, norms and head. The weights themselves are only read. Deterministic on one device
 * with one number of threads. Not thread-safe; close it.
 */
public final class MlpGradients implements AutoCloseable {
  private final LanguageModel model;
  private final Weights weights;
  private final NDManager manager;
  private final Map<String, NDArray> leaves = new LinkedHashMap<>();

  /** Prepares sums of zero; later changes of the weights are not seen. */
  public MlpGradients(LanguageModel model, Weights weights) {
    this.model = model;
    this.weights = weights;
    this.manager = weights.manager().newSubManager();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (MlpTensors mlp : model.mlp()) {
        mlp.all().forEach(name -> leaves.put(name, leaf(name)));
      }
    }
  }

  private NDArray leaf(String name) {
    NDArray leaf = weights.tensor(name).duplicate();
    leaf.attach(manager);
    NDScope.unregister(leaf);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  /**
   * Adds the gradient of the mean loss of some rows.
   *
   * @param rows indices into {@code data}
   * @param length how many leading columns take part
   */
  public void add(Sequences data, int[] rows, int length) {
    Torch.withGradients(
        true,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch = TokenBatch.of(weights.manager(), data, rows, length);
            Torch.backward(NextTokenLoss.mean(model, parameters(), batch));
          }
        });
  }

  private Parameters parameters() {
    Parameters parameters = weights.parameters();
    for (Map.Entry<String, NDArray> leaf : leaves.entrySet()) {
      parameters = parameters.with(leaf.getKey(), leaf.getValue());
    }
    return parameters;
  }

  /** Returns the sums so far by name of the MLP tensor, in model order and stored layout. */
  public Map<String, float[]> sums() {
    Map<String, float[]> sums = new LinkedHashMap<>();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      leaves.forEach((name, leaf) -> sums.put(name, leaf.getGradient().toFloatArray()));
    }
    return sums;
  }

  @Override
  public void close() {
    manager.close();
  }
}
