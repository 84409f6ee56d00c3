package io.nepenthe.plugins.integratedgradients;

import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.NeuronScores;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import java.util.List;
import org.pf4j.Extension;

/**
 * Integrated gradients: the neurons to which memorized tokens owe their probability are zeroed.
 *
 * <p>Score of neuron i of a layer, with a its activation at one position of a memorized row: a_i
 * times the mean, over steps alpha = 0, 1/19, ..., 1, of the derivative at alpha * a_i of the next
 * token's probability, when the whole layer is scaled by alpha at that position only. Averaged with
 * its sign over the positions that predict the suffix, then over the rows.
 */
@Extension
public final class IntegratedGradients
    implements LocalizedUnlearning<IntegratedGradients.Hyperparameters, NeuronScores> {
  /**
   * How much is edited.
   *
   * @param ratio share of each layer's neurons, in [0, 1]
   */
  public record Hyperparameters(double ratio) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void localize(
      List<Hyperparameters> points,
      MitigationContext context,
      Localizations<Hyperparameters, NeuronScores> found) {
    found.putForAll(points, scores(context));
  }

  @Override
  public void edit(
      NeuronScores scores, Hyperparameters hyperparameters, MitigationContext context) {
    scores.zeroLargest(hyperparameters.ratio(), context);
  }

  private static NeuronScores scores(MitigationContext context) {
    Sequences memorized = context.forgetSet();
    int rows = context.rowsAtOnce(PathGradients.ROWS);
    List<int[]> groups = MiniBatches.inOrder(memorized.rows(), rows);
    try (PathGradients gradients = new PathGradients(context)) {
      for (int g = 0; g < groups.size(); g++) {
        context.progress(g, groups.size());
        gradients.add(memorized, groups.get(g));
      }
      return gradients.scores();
    }
  }
}
