package io.nepenthe.plugins.integratedgradients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.NeuronScores;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Compares integrated gradients with their definition (UNLEARNING 5): for every row, layer,
 * position and step the whole model is run on the tokens so far, with the layer's activation at the
 * last one replaced.
 */
class IntegratedGradientsReferenceTest {
  private static final double RATIO = 0.1;
  private static final int STEPS = 20;

  private final TinyFixture fixture = TinyFixture.trained();
  private final LanguageModel model = fixture.model();
  // More than one group of rows and more than one span of positions, the last ones short.
  private final Sequences rows = fixture.data().train().slice(0, 17).leadingColumns(22);
  private final MitigationContext context =
      fixture.context(Map.of(Need.FORGET_SET, rows), Set.<Quirk>of(), 0, Progress.SILENT);
  private final Weights weights = context.weights();

  @Test
  void scoresAndSelectionEqualTheDefinition() {
    IntegratedGradients.Hyperparameters point = new IntegratedGradients.Hyperparameters(RATIO);
    NeuronScores found = new IntegratedGradients().localize(point, context);
    for (int layer = 0; layer < model.layers(); layer++) {
      double[] expected = scores(layer);
      double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      for (int i = 0; i < expected.length; i++) {
        double tolerance = 1e-4 * Math.max(Math.abs(expected[i]), 1e-2 * largest);
        String name = "layer " + layer + " neuron " + i;
        assertEquals(expected[i], found.layers().get(layer)[i], tolerance, name);
      }
      assertArrayEquals(largest(expected), found.largest(layer, RATIO));
    }
    weights.close();
  }

  private double[] scores(int layer) {
    int length = rows.length();
    double[] scores = new double[model.hiddenUnits()];
    for (int row = 0; row < rows.rows(); row++) {
      double[] sum = new double[scores.length];
      int positions = 0;
      for (int t = context.windows().task().prompt() - 1; t <= length - 2; t++) {
        positions++;
        double[] attribution = attribution(layer, row, t);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += attribution[i];
        }
      }
      for (int i = 0; i < scores.length; i++) {
        scores[i] += sum[i] / positions / rows.rows();
      }
    }
    return scores;
  }

  /** Returns a * (sum of the gradients at alpha * a) / 20 of one layer at position t of a row. */
  private double[] attribution(int layer, int row, int t) {
    double[] attribution = new double[model.hiddenUnits()];
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float[] activation = lastActivation(layer, tokens(row, t, 1));
      float[] gradients =
          gradients(layer, activation, tokens(row, t, STEPS), rows.token(row, t + 1));
      for (int k = 0; k < gradients.length; k++) {
        int neuron = k % attribution.length;
        attribution[neuron] += (double) activation[neuron] * gradients[k] / STEPS;
      }
    }
    return attribution;
  }

  /** Returns the row's tokens up to position t, (times, t + 1). */
  private NDArray tokens(int row, int t, int times) {
    int[] copies = new int[times];
    Arrays.fill(copies, row);
    return Torch.longs(weights.manager(), rows.copy(copies, 0, t + 1), times, t + 1);
  }

  private float[] lastActivation(int wanted, NDArray tokens) {
    float[][] last = new float[1][];
    Tap recorder =
        (layer, activation) -> {
          if (layer == wanted) {
            last[0] = activation.get(":, -1").toFloatArray();
          }
          return activation;
        };
    model.hiddenStates(weights.parameters(), tokens, recorder);
    return last[0];
  }

  /** Returns each step's gradient of the target's probability, at the replaced vector, (J, H). */
  private float[] gradients(int wanted, float[] activation, NDArray tokens, int target) {
    float[] scaled = new float[STEPS * activation.length];
    for (int k = 0; k < scaled.length; k++) {
      int step = k / activation.length;
      double alpha = step / (STEPS - 1.0);
      scaled[k] = (float) (alpha * activation[k % activation.length]);
    }
    NDArray leaf = Torch.floats(weights.manager(), scaled, STEPS, 1, activation.length);
    leaf.setRequiresGradient(true);
    Tap replacing = (layer, seen) -> layer == wanted ? seen.get(":, :-1").concat(leaf, 1) : seen;
    Torch.withGradients(
        true,
        () -> {
          NDArray states = model.hiddenStates(weights.parameters(), tokens, replacing);
          NDArray last = states.reshape(STEPS, -1, model.width()).get(":, -1"); // (J, D)
          NDArray probabilities = model.logits(weights.parameters(), last).softmax(1);
          Torch.backward(probabilities.get(":, " + target).sum());
        });
    return leaf.getGradient().toFloatArray();
  }

  private static int[] largest(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -scores[i]))
        .limit((long) (scores.length * RATIO))
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }
}
