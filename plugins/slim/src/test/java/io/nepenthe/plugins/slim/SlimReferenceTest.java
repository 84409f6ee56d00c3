package io.nepenthe.plugins.slim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
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
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares Slim with its definition, computed by loops in 64 bits (UNLEARNING 3). */
class SlimReferenceTest {
  private static final double RATIO = 0.1;
  private static final int EPOCHS = 6;

  private final TinyFixture fixture = TinyFixture.trained();
  // Three mini-batches, the last one short.
  private final Sequences rows = fixture.data().train().slice(0, 70);
  private final SlowNeuronGates slow = new SlowNeuronGates(rows);

  @Test
  void learnsAsDefined() {
    learnsAsDefined(Set.of());
  }

  @Test
  void gradientsAddUpOverAnEpochInReferenceFidelity() {
    learnsAsDefined(Set.of(Quirk.GRADIENTS_CLEARED_PER_EPOCH));
  }

  /**
   * Follows the definition step by step, each from the plugin's coefficients: at 0 the penalty's
   * gradient jumps, so that two runs of their own would part by rounding. Then runs the plugin.
   */
  private void learnsAsDefined(Set<Quirk> quirks) {
    MitigationContext context = context(quirks);
    boolean below = false;
    try (NeuronGates fast = Slim.newCoefficients(context)) {
      assertEquals(slow.size(), fast.numbers().length);
      for (float start : fast.numbers()) {
        assertEquals(1, start);
      }
      for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        boolean first = true;
        for (int[] batch : MiniBatches.inOrder(rows.rows(), 32)) {
          if (first || quirks.isEmpty()) {
            fast.clear();
            slow.clear();
          }
          first = false;
          double[] coefficients = doubles(fast.numbers());
          slow.add(gradient(coefficients, batch));
          double[] expected = slow.step(coefficients);
          fast.add(Slim.OBJECTIVE, batch);
          fast.step();
          assertArrayEquals(expected, doubles(fast.numbers()), 2e-6, "epoch " + epoch);
          below |= Arrays.stream(expected).anyMatch(c -> c < -0.01);
        }
      }
      assertScores(fast.numbers(), localized(EPOCHS, context));
    }
    assertTrue(below, "no coefficient went below 0: nothing of the cut was tested");
    context.weights().close();
  }

  @Test
  void gradientOfTheLanguageModelLossEqualsTheDefinition() {
    MitigationContext context = context(Set.of());
    int[] batch = {3, 1, 4, 15, 9};
    double[] coefficients = new double[slow.size()];
    Arrays.setAll(coefficients, i -> 0.5 + 0.004 * (i % 100));
    double[] expected = slow.gateGradient(coefficients, batch);
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    int[] next = new int[1];
    try (NeuronGates fast = new NeuronGates(context, () -> coefficients[next[0]++])) {
      fast.add(unpressed(), batch);
      float[] found = fast.gradient();
      for (int i = 0; i < expected.length; i++) {
        double tolerance = 1e-4 * Math.max(Math.abs(expected[i]), 0.1 * largest);
        assertEquals(expected[i], found[i], tolerance, "neuron " + i);
      }
    }
    context.weights().close();
  }

  private static NeuronGates.Objective unpressed() {
    return new NeuronGates.Objective() {
      @Override
      public NDArray gates(NDArray coefficients) {
        return Slim.OBJECTIVE.gates(coefficients);
      }

      @Override
      public NDArray penalty(NDArray coefficients) {
        return coefficients.sub(coefficients).mean();
      }
    };
  }

  private MitigationContext context(Set<Quirk> quirks) {
    return fixture.context(Map.of(Need.FORGET_SET, rows), quirks, 0, Progress.SILENT);
  }

  /** Returns the gradient of LM(S; a * cut(c)) + 1000 * sum |c| / (L * H) at c. */
  private double[] gradient(double[] c, int[] batch) {
    double[] cut = Arrays.stream(c).map(SlimReferenceTest::cut).toArray();
    double[] gradient = slow.gateGradient(cut, batch);
    for (int i = 0; i < c.length; i++) {
      gradient[i] = c[i] >= 0 && c[i] <= 1 ? gradient[i] : 0;
      gradient[i] += 1000 * Math.signum(c[i]) / c.length;
    }
    return gradient;
  }

  private static NeuronScores localized(int epochs, MitigationContext context) {
    Slim.Hyperparameters point = new Slim.Hyperparameters(RATIO, epochs);
    return new Slim().localize(point, context);
  }

  private void assertScores(float[] coefficients, NeuronScores found) {
    int units = fixture.model().hiddenUnits();
    for (int layer = 0; layer < fixture.model().layers(); layer++) {
      double[] expected = new double[units];
      for (int i = 0; i < units; i++) {
        expected[i] = cut(coefficients[layer * units + i]);
        assertEquals(expected[i], found.layers().get(layer)[i]);
      }
      assertArrayEquals(largest(expected), found.largest(layer, RATIO));
    }
  }

  private static double cut(double c) {
    return c < 0 ? 0 : Math.min(c, 1);
  }

  /** Returns the largest scores' indices, equal ones from the lowest up, rising. */
  private static int[] largest(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -scores[i]))
        .limit((long) (scores.length * RATIO))
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }
}
