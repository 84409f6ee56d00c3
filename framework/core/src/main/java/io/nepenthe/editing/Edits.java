package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import java.util.List;

/** Zeroing of weights and neurons, in place (UNLEARNING 0). */
public final class Edits {
  private Edits() {}

  /**
   * Returns the tensors that methods may edit: weights and biases of every layer's MLP, in model
   * order (UNLEARNING 0, "which parameters can be edited").
   */
  public static List<TensorSpec> editable(LanguageModel model) {
    return model.mlp().stream()
        .flatMap(mlp -> mlp.all().stream())
        .map(model.layout()::tensor)
        .toList();
  }

  /** Sets entries of one tensor, by flat index in stored order, each once, to zero. */
  public static void zeroEntries(Weights weights, String tensor, long[] entries) {
    if (entries.length == 0) {
      return;
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray indices = Torch.longs(weights.manager(), entries, entries.length);
      Entries.dropEntriesInPlace(weights.tensor(tensor), indices);
    }
  }

  /**
   * Ablates hidden units of one layer: their input weights and biases become 0, and so does their
   * activation, as every activation function here is 0 at 0.
   */
  public static void zeroNeurons(LanguageModel model, Weights weights, int layer, int[] units) {
    if (units.length == 0) {
      return;
    }
    float[] factors = new float[model.hiddenUnits()];
    Arrays.fill(factors, 1);
    for (int unit : units) {
      factors[unit] = 0;
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray kept = Torch.floats(weights.manager(), factors, factors.length);
      for (LinearMap map : model.mlp().get(layer).in()) {
        scaleOutputs(weights, map, kept);
      }
    }
  }

  private static void scaleOutputs(Weights weights, LinearMap map, NDArray factors) {
    if (map.bias() != null) {
      weights.tensor(map.bias()).muli(factors);
    }
    NDArray weight = weights.tensor(map.weight());
    weight.muli(map.inputsFirst() ? factors : factors.reshape(-1, 1)); // (D, H) or (H, D)
  }
}
