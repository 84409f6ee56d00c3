package io.nepenthe.plugins.hardconcrete;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.NeuronGates;
import io.nepenthe.editing.NeuronScores;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.testkit.SlowNeuronGates;
import io.nepenthe.testkit.TinyFixture;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares hard concrete with its definition, computed by loops in 64 bits (UNLEARNING 4). */
class HardConcreteReferenceTest {
  private static final double RATIO = 0.1;
  // After nine epochs of five steps the gates are closed enough for epoch 10 to end early.
  private static final int EPOCHS = 11;
  private static final double BETA = 2.0 / 3;

  private final TinyFixture fixture = TinyFixture.trained();
  // Five mini-batches, the last one short.
  private final Sequences rows = fixture.data().train().slice(0, 140);
  private final SlowNeuronGates slow = new SlowNeuronGates(rows);

  @Test
  void learnsAsDefined() {
    learnsAsDefined(Set.of());
  }

  @Test
  void gradientsAddUpOverAnEpochInReferenceFidelity() {
    learnsAsDefined(Set.of(Quirk.GRADIENTS_CLEARED_PER_EPOCH));
  }

  /** Follows the definition step by step, each from the plugin's thetas; then runs the plugin. */
  private void learnsAsDefined(Set<Quirk> quirks) {
    MitigationContext context = context(quirks);
    RandomGenerator random = context.random("gates");
    HardConcrete.Gates gates = new HardConcrete.Gates(context.random("gates"));
    int steps = 0;
    try (NeuronGates fast = HardConcrete.newThetas(context)) {
      assertStart(fast.numbers(), context.random("thetas"));
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        List<int[]> batches = MiniBatches.inOrder(rows.rows(), 32);
        for (int b = 0; b < batches.size(); b++) {
          if (b == 0 || quirks.isEmpty()) {
            fast.clear();
            slow.clear();
          }
          double[] thetas = doubles(fast.numbers());
          slow.add(gradient(thetas, batches.get(b), random));
          double[] expected = slow.step(thetas);
          assertEquals(penalty(thetas), fast.add(gates, batches.get(b)), 1e-6);
          fast.step();
          steps++;
          assertArrayEquals(expected, doubles(fast.numbers()), 1e-5, "epoch " + epoch);
          if (epoch % 10 == 0 && penalty(thetas) < 0.1) {
            break;
          }
        }
      }
      assertScores(fast.numbers(), localized(context));
    }
    assertEquals(5 * (EPOCHS - 1) + 1, steps, "epoch 10 did not end after its first step");
    context.weights().close();
  }

  private MitigationContext context(Set<Quirk> quirks) {
    return fixture.context(Map.of(Need.FORGET_SET, rows), quirks, 2, Progress.SILENT);
  }

  private static void assertStart(float[] thetas, RandomGenerator random) {
    for (float theta : thetas) {
      assertEquals(0.01 * random.nextGaussian(), theta, 1e-8);
    }
  }

  /** Returns the gradient of LM(S; a * z) + 1000 * mean sigmoid(theta + beta ln 11) at theta. */
  private double[] gradient(double[] thetas, int[] batch, RandomGenerator random) {
    double[] gates = new double[thetas.length];
    double[] slopes = new double[thetas.length];
    for (int i = 0; i < thetas.length; i++) {
      double u = Math.min(Math.max(random.nextDouble(), 1e-4), 1 - 1e-4);
      double s = sigmoid((Math.log(u) - Math.log(1 - u) + thetas[i]) / BETA);
      double z = 1.2 * s - 0.1;
      gates[i] = Math.min(Math.max(z, 0), 1);
      slopes[i] = z >= 0 && z <= 1 ? 1.2 * s * (1 - s) / BETA : 0;
    }
    double[] gradient = slow.gateGradient(gates, batch);
    for (int i = 0; i < thetas.length; i++) {
      double open = sigmoid(thetas[i] + BETA * Math.log(11));
      gradient[i] = gradient[i] * slopes[i] + 1000 * open * (1 - open) / thetas.length;
    }
    return gradient;
  }

  private static double penalty(double[] thetas) {
    return Arrays.stream(thetas)
        .map(theta -> sigmoid(theta + BETA * Math.log(11)))
        .average()
        .orElseThrow();
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static NeuronScores localized(MitigationContext context) {
    HardConcrete.Hyperparameters point = new HardConcrete.Hyperparameters(RATIO, EPOCHS);
    return new HardConcrete().localize(point, context);
  }

  private void assertScores(float[] thetas, NeuronScores found) {
    int units = fixture.model().hiddenUnits();
    for (int layer = 0; layer < fixture.model().layers(); layer++) {
      double[] expected = new double[units];
      for (int i = 0; i < units; i++) {
        expected[i] = sigmoid(thetas[layer * units + i]);
        assertEquals(expected[i], found.layers().get(layer)[i], 1e-6 * expected[i]);
      }
      assertArrayEquals(largest(expected), found.largest(layer, RATIO));
    }
  }

  private static int[] largest(double[] scores) {
    int[] largest =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .limit((long) (scores.length * RATIO))
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    assertTrue(largest.length > 0);
    return largest;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }
}
