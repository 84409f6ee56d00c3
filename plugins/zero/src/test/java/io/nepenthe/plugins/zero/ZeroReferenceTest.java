package io.nepenthe.plugins.zero;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.Edits;
import io.nepenthe.editing.NeuronScores;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Parameters;
import io.nepenthe.model.Tap;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.Quirk;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares Zero with its definition: a whole forward pass per neuron, in double precision
 * (UNLEARNING 1, Q-1).
 */
class ZeroReferenceTest {
  private static final double RATIO = 0.1;
  private static final int BATCH = 64;
  private static final int[] DEAD = {3, 70};

  private final TinyFixture fixture = TinyFixture.trained();
  private final LanguageModel model = fixture.model();
  // More than one mini-batch, the last one short: it must weigh as much as the full one.
  private final Sequences rows = fixture.data().train().slice(0, 70).leadingColumns(6);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void scoresAndSelectionEqualTheDefinition(boolean oneKept) {
    MitigationContext context = context(oneKept);
    NeuronScores found = localize(context);
    double base = loss(context, Tap.NONE);
    for (int layer = 0; layer < model.layers(); layer++) {
      double[] expected = new double[model.hiddenUnits()];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = loss(context, ablating(layer, i, oneKept, context)) - base;
      }
      double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      for (int i = 0; i < expected.length; i++) {
        double tolerance = 1e-4 * Math.max(Math.abs(expected[i]), 0.1 * largest);
        assertEquals(expected[i], found.layers().get(layer)[i], tolerance, layer + " " + i);
      }
      assertArrayEquals(largest(expected), found.largest(layer, RATIO));
    }
    context.weights().close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deadNeuronsScoreAsTheirLayerWithoutAnyChange(boolean oneKept) {
    MitigationContext context = context(oneKept);
    Edits.zeroNeurons(model, context.weights(), 0, DEAD);
    float[] scores = localize(context).layers().get(0);
    assertEquals(scores[DEAD[0]], scores[DEAD[1]]);
    assertTrue(oneKept ? scores[DEAD[0]] > 0 : scores[DEAD[0]] == 0, "" + scores[DEAD[0]]);
    context.weights().close();
  }

  private MitigationContext context(boolean oneKept) {
    Set<Quirk> quirks = oneKept ? Set.of(Quirk.ONE_NEURON_KEPT) : Set.of();
    return fixture.context(Map.of(Need.FORGET_SET, rows), quirks, 0, Progress.SILENT);
  }

  private static NeuronScores localize(MitigationContext context) {
    Zero.Hyperparameters point = new Zero.Hyperparameters(RATIO);
    return new Zero().localize(point, context);
  }

  private Tap ablating(int wanted, int neuron, boolean oneKept, MitigationContext context) {
    float[] mask = new float[model.hiddenUnits()];
    Arrays.fill(mask, oneKept ? 0 : 1);
    mask[neuron] = 1 - mask[neuron];
    return (layer, activation) -> {
      if (layer != wanted) {
        return activation;
      }
      NDArray factors = Torch.floats(context.weights().manager(), mask, mask.length);
      return activation.mul(factors.toType(DataType.FLOAT64, false)); // (B, T, H) * (H)
    };
  }

  /** Returns the mean over mini-batches of their mean loss. */
  private double loss(MitigationContext context, Tap tap) {
    double sum = 0;
    int batches = 0;
    for (int from = 0; from < rows.rows(); from += BATCH) {
      sum += batchLoss(from, Math.min(from + BATCH, rows.rows()), context, tap);
      batches++;
    }
    return sum / batches;
  }

  private double batchLoss(int from, int to, MitigationContext context, Tap tap) {
    double[][] losses = new double[1][];
    Torch.withGradients(
        false,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch =
                TokenBatch.of(
                    context.weights().manager(),
                    rows,
                    IntStream.range(from, to).toArray(),
                    context.trainedLength(rows));
            losses[0] = NextTokenLoss.perToken(model, doubles(context), batch, tap).toDoubleArray();
          }
        });
    return Arrays.stream(losses[0]).average().orElseThrow();
  }

  private Parameters doubles(MitigationContext context) {
    Parameters parameters = context.weights().parameters();
    for (TensorSpec tensor : model.layout().tensors()) {
      NDArray values = parameters.get(tensor.name());
      parameters = parameters.with(tensor.name(), values.toType(DataType.FLOAT64, true));
    }
    return parameters;
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
