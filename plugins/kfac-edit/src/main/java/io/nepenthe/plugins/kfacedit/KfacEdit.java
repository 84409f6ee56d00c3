package io.nepenthe.plugins.kfacedit;

import io.nepenthe.data.MiniBatches;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import java.util.List;
import org.pf4j.Extension;

/**
 * K-FAC edit: of every MLP matrix only those directions stay in which the loss on general rows is
 * curved. What many rows use is curved; what single rows alone use is flat, seen from all others,
 * and goes. No row to forget is looked at.
 *
 * <p>The curvature of a matrix is approximated by two small ones, of its inputs and of its output
 * gradients (K-FAC). Every share of energy is read from the one curvature.
 */
@Extension
public final class KfacEdit implements LocalizedUnlearning<KfacEdit.Hyperparameters, Curvature> {
  private static final int BATCH = 32;

  /**
   * How much is kept.
   *
   * @param energy share of the sum of curvatures that the kept directions have, in (0, 1]
   */
  public record Hyperparameters(double energy) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void localize(
      List<Hyperparameters> points,
      MitigationContext context,
      Localizations<Hyperparameters, Curvature> found) {
    try (Factors factors = new Factors(context)) {
      List<int[]> batches =
          MiniBatches.inOrder(context.retainSet().rows(), context.rowsAtOnce(BATCH));
      for (int b = 0; b < batches.size(); b++) {
        context.progress(b, batches.size());
        factors.add(batches.get(b));
      }
      found.putForAll(points, new Curvature(factors, context));
    }
  }

  @Override
  public void edit(
      Curvature curvature, Hyperparameters hyperparameters, MitigationContext context) {
    curvature.keep(hyperparameters.energy(), context.weights());
  }
}
