package io.nepenthe.plugins.memorizationsinks;

import io.nepenthe.editing.HashedMasks;
import io.nepenthe.editing.Selection;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.training.TrainingHook;
import org.pf4j.Extension;

/**
 * Memorization sinks: some hidden units are shared by all rows, of the others each row activates a
 * pool that its content chooses. A row that is repeated finds its own pool again each time, so what
 * is memorized of it settles there; the model in use does without.
 */
@Extension
public final class MemorizationSinks implements Regularizer<MemorizationSinks.Hyperparameters> {
  /**
   * Which units are on.
   *
   * @param shared share of the units that every row has, in (0, 1]
   * @param pool share of the other units, the sinks, that a row activates, in [0, 1]
   */
  public record Hyperparameters(double shared, double pool) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public TrainingHook hook(Hyperparameters hyperparameters, MitigationContext context) {
    int units = context.model().hiddenUnits();
    return new SinkUnits(
        context.model(),
        new HashedMasks(
            context.random("sinks").nextLong(),
            units,
            (int) Selection.count(units, hyperparameters.shared()),
            hyperparameters.pool()));
  }
}
