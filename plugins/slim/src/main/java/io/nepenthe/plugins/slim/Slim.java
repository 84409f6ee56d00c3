package io.nepenthe.plugins.slim;

import ai.djl.ndarray.NDArray;
import io.nepenthe.editing.NeuronGates;
import io.nepenthe.editing.NeuronScores;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.Ops;
import java.util.List;
import org.pf4j.Extension;

/**
 * Slim: every neuron gets a coefficient, and the mean size of the coefficients is pressed to 0
 * while the model is still to reproduce the memorized rows. The neurons whose coefficients stay
 * largest are zeroed.
 *
 * <p>A neuron's activation is multiplied by its coefficient cut to [0, 1]; coefficients start at 1,
 * are learned by {@link NeuronGates}, and, cut again, are the scores. All requested numbers of
 * epochs are snapshots of one run.
 */
@Extension
public final class Slim implements LocalizedUnlearning<Slim.Hyperparameters, NeuronScores> {
  /** Multiplies by the coefficient cut to [0, 1]; the penalty sees the uncut one. */
  static final NeuronGates.Objective OBJECTIVE =
      new NeuronGates.Objective() {
        @Override
        public NDArray gates(NDArray coefficients) {
          return Ops.clampToUnit(coefficients);
        }

        @Override
        public NDArray penalty(NDArray coefficients) {
          return coefficients.abs().mean();
        }
      };

  /**
   * How long is learned and how much is edited.
   *
   * @param ratio share of each layer's neurons, in [0, 1]
   * @param epochs passes over the memorized rows
   */
  public record Hyperparameters(double ratio, int epochs) {}

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void localize(
      List<Hyperparameters> points,
      MitigationContext context,
      Localizations<Hyperparameters, NeuronScores> found) {
    try (NeuronGates coefficients = newCoefficients(context)) {
      found.putAfterEpochs(
          points,
          Hyperparameters::epochs,
          (epoch, progress) -> coefficients.epoch(OBJECTIVE, penalty -> false, progress),
          () -> coefficients.scores(Ops::clampToUnit),
          context);
    }
  }

  @Override
  public void edit(
      NeuronScores scores, Hyperparameters hyperparameters, MitigationContext context) {
    scores.zeroLargest(hyperparameters.ratio(), context);
  }

  /** Returns the coefficients that every run starts from: 1. */
  static NeuronGates newCoefficients(MitigationContext context) {
    return new NeuronGates(context, () -> 1);
  }
}
