package io.nepenthe.plugins.durable;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.EntryScores;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares Durable with its definition: all gradients of the whole model (UNLEARNING 7). */
class DurableReferenceTest {
  private static final double RATIO = 0.05;
  private static final int BATCH = 64;

  private final TinyFixture fixture = TinyFixture.trained();
  // More than one mini-batch, the last one short: it must weigh as much as the full one.
  private final Sequences rows = fixture.data().train().slice(0, 70);

  @Test
  void gradientsAndSelectionEqualTheDefinition() {
    MitigationContext context =
        fixture.context(Map.of(Need.FORGET_SET, rows), Set.of(), 0, Progress.SILENT);
    Durable.Hyperparameters point = new Durable.Hyperparameters(RATIO);
    EntryScores found = new Durable().localize(point, context);
    double[] gradient = gradient(context.weights());
    new Durable().edit(found, point, context);
    float[] edited = context.weights().toFloats();

    Set<Integer> dropped = new HashSet<>();
    for (MlpTensors mlp : fixture.model().mlp()) {
      for (String name : mlp.all()) {
        TensorSpec tensor = fixture.model().layout().tensor(name);
        int from = (int) tensor.offset();
        int size = (int) tensor.size();
        float[] own = found.get(name).toFloatArray();
        double[] expected = Arrays.copyOfRange(gradient, from, from + size);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < size; i++) {
          double tolerance = 1e-4 * Math.max(Math.abs(expected[i]), 1e-2 * largest);
          assertEquals(Math.abs(expected[i]), own[i], tolerance, name + " " + i);
        }
        largest(expected).forEach(i -> dropped.add(from + i));
      }
    }
    context.weights().close();
    float[] original = fixture.original();
    for (int i = 0; i < original.length; i++) {
      assertEquals(dropped.contains(i) ? 0 : original[i], edited[i] + 0f, "entry " + i); // -0 is 0
    }
  }

  private double[] gradient(Weights weights) {
    double[] sum = new double[(int) weights.layout().size()];
    for (int from = 0; from < rows.rows(); from += BATCH) {
      int to = Math.min(from + BATCH, rows.rows());
      float[] batch = batchGradient(weights, IntStream.range(from, to).toArray());
      for (int i = 0; i < sum.length; i++) {
        sum[i] += batch[i];
      }
    }
    return sum;
  }

  private float[] batchGradient(Weights weights, int[] batchRows) {
    float[][] gradient = new float[1][];
    Torch.withGradients(
        true,
        () -> {
          weights.flat().setRequiresGradient(true);
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            TokenBatch batch =
                TokenBatch.of(weights.manager(), rows, batchRows, fixture.training().length());
            Torch.backward(NextTokenLoss.mean(fixture.model(), weights.parameters(), batch));
            gradient[0] = weights.flat().getGradient().toFloatArray();
            Torch.zeroGradient(weights.flat());
          }
          weights.flat().setRequiresGradient(false);
        });
    return gradient[0];
  }

  private static List<Integer> largest(double[] gradient) {
    return IntStream.range(0, gradient.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -Math.abs(gradient[i])))
        .limit((long) (gradient.length * RATIO))
        .toList();
  }
}
