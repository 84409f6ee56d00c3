package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.LinearMap;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.tensor.Torch;
import java.util.Arrays;
import java.util.Map;

/** Zeroing of weights and neurons, in place (UNLEARNING 0). */
public final class Edits {
  private Edits() {}

  /** Sets entries of one tensor, by flat index in stored order, to zero. */
  public static void zeroEntries(Weights weights, String tensor, int[] entries) {
    if (entries.length == 0) {
      return;
    }
    int size = Math.toIntExact(weights.layout().tensor(tensor).size());
    float[] mask = new float[size];
    Arrays.fill(mask, 1);
    for (int entry : entries) {
      mask[entry] = 0;
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray values = weights.tensor(tensor);
      values.muli(Torch.floats(weights.manager(), mask, values.getShape().getShape()));
    }
  }

  /** Sets entries of several tensors, by name, to zero. */
  public static void zeroEntries(Weights weights, Map<String, int[]> entries) {
    entries.forEach((tensor, indices) -> zeroEntries(weights, tensor, indices));
  }

  /**
   * Sets the {@code floor(size * ratio)} entries of largest score of each MLP tensor to zero,
   * biases included, equal ones from the lowest index up.
   *
   * @param scores a score for every entry, laid out as {@link MlpLayout} says, (M)
   */
  public static void zeroLargest(
      LanguageModel model, Weights weights, float[] scores, double ratio) {
    MlpLayout layout = MlpLayout.of(model);
    for (TensorSpec tensor : layout.tensors()) {
      float[] own = layout.part(scores, tensor);
      int count = Selection.count(own.length, ratio);
      zeroEntries(weights, tensor.name(), Selection.largest(own, count));
    }
  }

  /**
   * Ablates hidden units of one layer: their input weights and biases become 0, and so does their
   * activation, as every activation function here is 0 at 0.
   */
  public static void zeroNeurons(LanguageModel model, Weights weights, int layer, int[] units) {
    for (LinearMap map : model.mlp().get(layer).in()) {
      zeroOutputs(model, weights, map, units);
    }
  }

  private static void zeroOutputs(
      LanguageModel model, Weights weights, LinearMap map, int[] units) {
    if (map.bias() != null) {
      zeroEntries(weights, map.bias(), units);
    }
    int width = model.width();
    int hidden = model.hiddenUnits();
    int[] entries = new int[units.length * width];
    for (int u = 0; u < units.length; u++) {
      for (int d = 0; d < width; d++) {
        entries[u * width + d] = map.inputsFirst() ? d * hidden + units[u] : units[u] * width + d;
      }
    }
    zeroEntries(weights, map.weight(), entries);
  }
}
