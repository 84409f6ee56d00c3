package io.nepenthe.plugins.durableagg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.Edits;
import io.nepenthe.editing.EntryScores;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.tensor.Pieces;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares Durable-agg with its definition: all gradients, one sorted list (UNLEARNING 8). */
class DurableAggReferenceTest {
  private static final double RATIO = 0.05;
  private static final int BATCH = 64;

  private final TinyFixture fixture = TinyFixture.trained();
  // More than one mini-batch, the last one short: it must weigh as much as the full one.
  private final Sequences rows = fixture.data().train().slice(0, 70);

  @Test
  void gradientsAndSelectionEqualTheDefinition() {
    MitigationContext context =
        fixture.context(Map.of(Need.FORGET_SET, rows), Set.of(), 0, Progress.SILENT);
    DurableAgg.Hyperparameters point = new DurableAgg.Hyperparameters(RATIO);
    EntryScores sizes = new DurableAgg().localize(point, context);
    double[] gradient = gradient(context.weights());
    new DurableAgg().edit(sizes, point, context);
    float[] found = together(sizes);
    float[] edited = context.weights().toFloats();
    context.weights().close();

    int[] editable = editable();
    double largest =
        Arrays.stream(editable).mapToDouble(i -> Math.abs(gradient[i])).max().orElseThrow();
    assertEquals(editable.length, found.length);
    for (int i = 0; i < found.length; i++) {
      double expected = Math.abs(gradient[editable[i]]);
      double tolerance = 1e-4 * Math.max(expected, 1e-2 * largest);
      assertEquals(expected, found[i], tolerance, "MLP entry " + i);
    }
    Set<Integer> dropped = largest(gradient, editable);
    assertEquals((int) (editable.length * RATIO), dropped.size());
    float[] original = fixture.original();
    for (int i = 0; i < original.length; i++) {
      assertEquals(dropped.contains(i) ? 0 : original[i], edited[i] + 0f, "entry " + i); // -0 is 0
    }
  }

  @Test
  void equalEntriesGoFromTheFirstTensorsFirstEntryUp() {
    MitigationContext context = fixture.context(0);
    int size = editable().length;
    try (EntryScores sizes = new EntryScores(context.weights())) {
      for (TensorSpec tensor : Edits.editable(context.model())) {
        sizes.put(tensor.name(), context.weights().tensor(tensor.name()).zerosLike());
      }
      MlpTensors last = context.model().mlp().get(context.model().layers() - 1);
      NDArray bias = sizes.get(last.out().bias());
      Pieces.write(bias, bias.size() - 1, new float[] {1});
      new DurableAgg().edit(sizes, new DurableAgg.Hyperparameters(3.5 / size), context);
    }
    float[] edited = context.weights().toFloats();
    context.weights().close();
    int[] editable = editable();
    for (int i = 0; i < size; i++) {
      boolean dropped = i < 2 || i == size - 1; // none of these weights is 0 before
      assertEquals(dropped, edited[editable[i]] == 0, "MLP entry " + i);
    }
  }

  /** Returns the scores of all tensors, in model order. */
  private float[] together(EntryScores sizes) {
    FloatBuffer all = FloatBuffer.allocate(editable().length);
    for (TensorSpec tensor : Edits.editable(fixture.model())) {
      all.put(sizes.get(tensor.name()).toFloatArray());
    }
    return all.array();
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

  /** Returns where the MLP tensors' entries lie in the whole model, in model order. */
  private int[] editable() {
    IntStream entries = IntStream.empty();
    for (TensorSpec tensor : fixture.model().layout().tensors()) {
      if (tensor.name().contains(".mlp.")) {
        int from = (int) tensor.offset();
        entries = IntStream.concat(entries, IntStream.range(from, from + (int) tensor.size()));
      }
    }
    return entries.toArray();
  }

  private static Set<Integer> largest(double[] gradient, int[] editable) {
    return IntStream.of(editable)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -Math.abs(gradient[i])))
        .limit((long) (editable.length * RATIO))
        .collect(Collectors.toSet());
  }
}
