package io.nepenthe.plugins.exampletieddropout;

import io.nepenthe.editing.HashedMasks;
import io.nepenthe.editing.Selection;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Regularizer;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.training.TrainingHook;
import org.pf4j.Extension;

/**
 * Example-tied dropout: a few hidden units are there for every example, each of the others for a
 * fixed random set of examples only. What has to be memorized is meant to settle in the latter,
 * which the model in use does without.
 */
@Extension
public final class ExampleTiedDropout implements Regularizer<ExampleTiedDropout.Hyperparameters> {
  /**
   * Which units are on.
   *
   * @param pMem probability that an example has one of the tied units, in [0, 1]
   * @param pFixed share of the units that every example has, in (0, 1]
   */
  public record Hyperparameters(double pMem, double pFixed) {
    /** Returns what the fixed units are multiplied by in use. */
    double factorInUse() {
      return (pFixed + pMem) / pFixed;
    }
  }

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public TrainingHook hook(Hyperparameters hyperparameters, MitigationContext context) {
    boolean positions = context.reproduces(Quirk.POSITION_DROPOUT);
    int width = positions ? context.model().positions() : context.model().hiddenUnits();
    ExampleMasks masks =
        new ExampleMasks(
            new HashedMasks(
                context.random("masks").nextLong(),
                width,
                (int) Selection.count(width, hyperparameters.pFixed()),
                hyperparameters.pMem()),
            context.reproduces(Quirk.FIRST_BATCH_MASKS) ? Owners.ofFirstBatch() : Owners.all());
    return positions
        ? new PositionDropout(context.model(), masks, hyperparameters.factorInUse())
        : new UnitDropout(context.model(), masks, hyperparameters.factorInUse());
  }
}
