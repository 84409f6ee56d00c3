package io.nepenthe.plugins.durable;

import io.nepenthe.editing.EntryScores;
import io.nepenthe.editing.MlpGradients;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import java.util.List;
import org.pf4j.Extension;

/**
 * Durable: the weights with the largest gradient on memorized text are taken to store it.
 *
 * <p>One pass over the memorized rows sums the gradients of each mini-batch's mean loss; of every
 * MLP tensor, biases included, the share with the largest |gradient| is zeroed. Every ratio is read
 * from the one gradient.
 */
@Extension
public final class Durable implements LocalizedUnlearning<Durable.Hyperparameters, EntryScores> {
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
  public void localize(
      List<Hyperparameters> points,
      MitigationContext context,
      Localizations<Hyperparameters, EntryScores> found) {
    found.putForAll(points, MlpGradients.sizesOnForgetSet(BATCH, context));
  }

  @Override
  public void edit(EntryScores sizes, Hyperparameters hyperparameters, MitigationContext context) {
    sizes.zeroLargestOfEach(hyperparameters.ratio(), context.weights());
  }
}
