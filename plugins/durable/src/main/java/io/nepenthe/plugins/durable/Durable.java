package io.nepenthe.plugins.durable;

import io.nepenthe.data.Sequences;
import io.nepenthe.editing.Edits;
import io.nepenthe.editing.MiniBatches;
import io.nepenthe.editing.MlpGradients;
import io.nepenthe.editing.Selection;
import io.nepenthe.plugin.Localized;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pf4j.Extension;

/**
 * Durable: the weights with the largest gradient on memorized text are taken to store it.
 *
 * <p>One pass over the memorized rows sums the gradients of each mini-batch's mean loss; of every
 * MLP tensor, biases included, the share with the largest |gradient| is zeroed. Every ratio is read
 * from the one gradient.
 */
@Extension
public final class Durable
    implements LocalizedUnlearning<Durable.Hyperparameters, Map<String, float[]>> {
  private static final int BATCH = 64;

  /**
   * How much is edited.
   *
   * @param ratio share of each MLP tensor, in [0, 1]
   */
  public record Hyperparameters(double ratio) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public Map<Hyperparameters, Localized<Map<String, float[]>>> localize(
      List<Hyperparameters> points, MitigationContext context) {
    return Localized.forAll(points, absoluteGradients(context), context);
  }

  @Override
  public void edit(
      Map<String, float[]> gradients, Hyperparameters hyperparameters, MitigationContext context) {
    Map<String, int[]> dropped = new LinkedHashMap<>();
    gradients.forEach(
        (tensor, gradient) -> {
          int count = Selection.count(gradient.length, hyperparameters.ratio());
          dropped.put(tensor, Selection.largest(gradient, count));
        });
    Edits.zeroEntries(context.weights(), dropped);
  }

  private static Map<String, float[]> absoluteGradients(MitigationContext context) {
    Sequences memorized = context.forgetSet();
    int length = Math.min(context.trained().length(), memorized.length());
    try (MlpGradients gradients = new MlpGradients(context.model(), context.weights())) {
      List<int[]> batches = MiniBatches.inOrder(memorized.rows(), BATCH);
      for (int b = 0; b < batches.size(); b++) {
        context.progress(b, batches.size());
        gradients.add(memorized, batches.get(b), length);
      }
      Map<String, float[]> sums = gradients.sums();
      sums.values().forEach(Durable::makeAbsolute);
      return sums;
    }
  }

  private static void makeAbsolute(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(values[i]);
    }
  }
}
