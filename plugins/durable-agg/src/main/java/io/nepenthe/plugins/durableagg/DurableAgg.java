package io.nepenthe.plugins.durableagg;

import io.nepenthe.editing.EntryScores;
import io.nepenthe.editing.MlpGradients;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import java.util.List;
import org.pf4j.Extension;

/**
 * Durable-agg: the weights with the largest gradient on memorized text are taken to store it,
 * wherever in the model's MLPs they lie.
 *
 * <p>As Durable, but the share is taken of all MLP tensors together, biases included, so that one
 * tensor may lose many entries and another none. Every ratio is read from the one gradient.
 */
@Extension
public final class DurableAgg
    implements LocalizedUnlearning<DurableAgg.Hyperparameters, EntryScores> {
  private static final int BATCH = 64;

  /**
   * How much is edited.
   *
   * @param ratio share of all MLP entries together, in [0, 1]
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
      Localizations<Hyperparameters, EntryScores> found) {
    found.putForAll(points, MlpGradients.sizesOnForgetSet(BATCH, context));
  }

  @Override
  public void edit(EntryScores sizes, Hyperparameters hyperparameters, MitigationContext context) {
    sizes.zeroLargestOfAll(hyperparameters.ratio(), context.weights());
  }
}
