package io.nepenthe.plugins.act;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.NeuronScores;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.TokenBatch;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares Act with its definition, computed by loops, row by row (UNLEARNING 2). */
class ActReferenceTest {
  private static final double RATIO = 0.1;

  private final TinyFixture fixture = TinyFixture.trained();
  // More than one mini-batch, the last one short.
  private final Sequences rows = fixture.data().train().slice(0, 70);

  @Test
  void scoresAndSelectionEqualTheDefinition() {
    MitigationContext context = context();
    Act.Hyperparameters point = new Act.Hyperparameters(RATIO);
    NeuronScores found = new Act().localize(point, context);
    for (int layer = 0; layer < fixture.model().layers(); layer++) {
      double[] expected = scores(layer, context);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found.layers().get(layer)[i], 1e-4 * expected[i] + 1e-7);
      }
      assertArrayEquals(largest(expected), found.largest(layer, RATIO));
    }
    context.weights().close();
  }

  @Test
  void silencesTheSelectedNeuronsAndNoOthers() {
    MitigationContext context = context();
    Act.Hyperparameters point = new Act.Hyperparameters(RATIO);
    new Act().mitigate(point, context);
    int hidden = fixture.model().hiddenUnits();
    int width = fixture.model().width();
    for (int layer = 0; layer < fixture.model().layers(); layer++) {
      MlpTensors mlp = fixture.model().mlp().get(layer);
      float[] weight = context.weights().tensor(mlp.in().get(0).weight()).toFloatArray();
      float[] bias = context.weights().tensor(mlp.in().get(0).bias()).toFloatArray();
      int silent = 0;
      for (int i = 0; i < hidden; i++) {
        boolean zero = bias[i] == 0;
        for (int d = 0; d < width; d++) {
          zero &= weight[d * hidden + i] == 0;
        }
        silent += zero ? 1 : 0;
      }
      assertEquals((int) (hidden * RATIO), silent);
    }
    context.weights().close();
  }

  private MitigationContext context() {
    return fixture.context(Map.of(Need.FORGET_SET, rows), Set.<Quirk>of(), 0, Progress.SILENT);
  }

  private double[] scores(int layer, MitigationContext context) {
    int hidden = fixture.model().hiddenUnits();
    int width = fixture.model().width();
    double[] sum = new double[hidden];
    long count = 0;
    for (int row = 0; row < rows.rows(); row++) {
      float[] activation = activation(layer, row, context);
      for (int t = context.windows().task().prompt() - 1; t < activation.length / hidden; t++) {
        count++;
        for (int i = 0; i < hidden; i++) {
          sum[i] += activation[t * hidden + i];
        }
      }
    }
    float[] outgoing =
        context.weights().tensor(fixture.model().mlp().get(layer).out().weight()).toFloatArray();
    double[] scores = new double[hidden];
    for (int i = 0; i < hidden; i++) {
      double squares = 0;
      for (int d = 0; d < width; d++) {
        squares += (double) outgoing[i * width + d] * outgoing[i * width + d];
      }
      scores[i] = Math.abs(sum[i] / count) * Math.sqrt(squares);
    }
    return scores;
  }

  /** Returns the layer's hidden units at every token of one row, (T, H). */
  private float[] activation(int wanted, int row, MitigationContext context) {
    float[][] copy = new float[1][];
    Torch.withGradients(
        false,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch =
                TokenBatch.of(
                    context.weights().manager(), rows, new int[] {row}, context.trained().length());
            fixture
                .model()
                .hiddenStates(
                    context.weights().parameters(),
                    batch.inputs(),
                    (layer, activation) -> {
                      if (layer == wanted) {
                        copy[0] = activation.toFloatArray();
                      }
                      return activation;
                    });
          }
        });
    return copy[0];
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
