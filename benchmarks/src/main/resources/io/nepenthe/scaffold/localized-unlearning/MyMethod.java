package org.example.mymethod;

import io.nepenthe.editing.EntryScores;
import io.nepenthe.editing.MlpGradients;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import java.util.List;
import org.pf4j.Extension;

/** Zeroes the MLP weights with the largest gradient on the rows to forget. */
@Extension
public final class MyMethod implements LocalizedUnlearning<MyMethod.Hyperparameters, EntryScores> {
  private static final int BATCH = 64;

  /**
   * How much is edited.
   *
   * @param ratio share of each MLP tensor
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
