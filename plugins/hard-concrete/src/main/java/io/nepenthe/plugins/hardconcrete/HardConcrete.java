package io.nepenthe.plugins.hardconcrete;

import ai.djl.ndarray.NDArray;
import io.nepenthe.editing.NeuronGates;
import io.nepenthe.editing.NeuronScores;
import io.nepenthe.plugin.Localizations;
import io.nepenthe.plugin.LocalizedUnlearning;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import java.util.List;
import java.util.random.RandomGenerator;
import org.pf4j.Extension;

/**
 * Hard concrete: every neuron gets a random gate, open or closed or in between, and a penalty on
 * the probability that a gate is not closed presses them shut while the model is still to reproduce
 * the memorized rows. The neurons whose gates stay most open are zeroed.
 *
 * <p>A gate is drawn anew in every forward pass: {@code u} uniform, {@code s = sigmoid((logit(u) +
 * theta) / beta)}, {@code z = s} stretched to (-0.1, 1.1) and cut to [0, 1]. The thetas start near
 * 0 and are learned by {@link NeuronGates}; their sigmoids are the scores. All requested numbers of
 * epochs are snapshots of one run.
 */
@Extension
public final class HardConcrete
    implements LocalizedUnlearning<HardConcrete.Hyperparameters, NeuronScores> {
  private static final double BETA = 2.0 / 3;
  private static final double LOW = -0.1;
  private static final double HIGH = 1.1;
  private static final double SMALLEST_UNIFORM = 1e-4;
  private static final double START_DEVIATION = 0.01;
  private static final int EPOCHS_BETWEEN_CHECKS = 10;
  private static final double ENOUGH_CLOSED = 0.1;

  /**
   * How long is learned and how much is edited.
   *
   * @param ratio share of each layer's neurons, in [0, 1]
   * @param epochs passes over the memorized rows
   */
  public record Hyperparameters(double ratio, int epochs) {}

  /**
   * Gates with fresh noise in every mini-batch, one draw per neuron.
   *
   * @param random where the noise comes from, layer after layer
   */
  record Gates(RandomGenerator random) implements NeuronGates.Objective {
    @Override
    public NDArray gates(NDArray theta) {
      NDArray open = Ops.sigmoid(Ops.scale(theta.add(noise(theta)), 1 / BETA));
      return Ops.clampToUnit(Ops.scale(open, HIGH - LOW).add(Ops.scalar(open, LOW)));
    }

    /** Returns the mean probability that a gate is not closed. */
    @Override
    public NDArray penalty(NDArray theta) {
      return Ops.sigmoid(theta.add(Ops.scalar(theta, -BETA * Math.log(-LOW / HIGH)))).mean();
    }

    private NDArray noise(NDArray theta) {
      float[] noise = new float[Math.toIntExact(theta.size())];
      for (int i = 0; i < noise.length; i++) {
        double u = random.nextDouble();
        u = Math.max(SMALLEST_UNIFORM, Math.min(u, 1 - SMALLEST_UNIFORM));
        noise[i] = (float) (Math.log(u) - Math.log(1 - u));
      }
      return Torch.floats(theta.getManager(), noise, theta.getShape().getShape());
    }
  }

  @Override
  public Class<Hyperparameters> hyperparameters() {
    return Hyperparameters.class;
  }

  @Override
  public void localize(
      List<Hyperparameters> points,
      MitigationContext context,
      Localizations<Hyperparameters, NeuronScores> found) {
    Gates gates = new Gates(context.random("gates"));
    try (NeuronGates thetas = newThetas(context)) {
      found.putAfterEpochs(
          points,
          Hyperparameters::epochs,
          (epoch, progress) -> thetas.epoch(gates, penalty -> endsEpoch(epoch, penalty), progress),
          () -> thetas.scores(Ops::sigmoid),
          context);
    }
  }

  private static boolean endsEpoch(int epoch, double penalty) {
    return epoch % EPOCHS_BETWEEN_CHECKS == 0 && penalty < ENOUGH_CLOSED;
  }

  @Override
  public void edit(
      NeuronScores scores, Hyperparameters hyperparameters, MitigationContext context) {
    scores.zeroLargest(hyperparameters.ratio(), context);
  }

  /** Returns the thetas that every run of this seed starts from. */
  static NeuronGates newThetas(MitigationContext context) {
    RandomGenerator random = context.random("thetas");
    return new NeuronGates(context, () -> START_DEVIATION * random.nextGaussian());
  }
}
