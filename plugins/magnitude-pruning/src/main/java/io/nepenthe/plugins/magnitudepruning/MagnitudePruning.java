package io.nepenthe.plugins.magnitudepruning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.editing.Selection;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Unlearning;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.FloatArrays;
import org.pf4j.Extension;

/**
 * The control that zeroes the smallest weights: what pruning does that looks at the model only, and
 * at no row.
 */
@Extension
public final class MagnitudePruning implements Unlearning<MagnitudePruning.Hyperparameters> {
  /**
   * How much is pruned.
   *
   * @param ratio share of each MLP weight matrix, in [0, 1]
   */
  public record Hyperparameters(double ratio) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void mitigate(Hyperparameters hyperparameters, MitigationContext context) {
    int layers = context.model().layers();
    for (int layer = 0; layer < layers; layer++) {
      context.progress(layer, layers);
      for (String matrix : context.model().mlp().get(layer).weights()) {
        zeroSmallest(matrix, hyperparameters.ratio(), context.weights());
      }
    }
  }

  private static void zeroSmallest(String matrix, double ratio, Weights weights) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray entries = weights.tensor(matrix);
      long count = Selection.count(entries.size(), ratio);
      if (count > 0) {
        Entries.dropInPlace(entries, Selection.smallest(FloatArrays.widened(entries), count));
      }
    }
  }
}
