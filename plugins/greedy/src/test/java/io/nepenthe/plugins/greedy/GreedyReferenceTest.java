package io.nepenthe.plugins.greedy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDScope;
import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.Edits;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.plugin.Progress;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Compares Greedy with its definition: row by row the gradient of all weights, a search by a loop,
 * a new model for each step (UNLEARNING 6).
 */
class GreedyReferenceTest {
  private static final int STEPS = 12;
  private static final int BATCH = 6; // 4 batches per pass, the last one short
  private static final long SEED = 7;

  private final TinyFixture fixture = TinyFixture.trained();
  private final long parameters = fixture.model().layout().size();
  private final Sequences forget = fixture.memorized().slice(0, 6);
  private final Sequences retain = fixture.rows().get(Need.RETAIN_SET).slice(0, 16);
  private final Sequences rows = forget.concat(retain);
  // Not a whole number of parameters, so that rounding shows.
  private final Greedy.Hyperparameters point =
      new Greedy.Hyperparameters((STEPS - 0.5) / parameters, BATCH);

  @Test
  void removesTheSameWeightsInTheSameOrderAsTheDefinition() {
    MitigationContext context = context();
    List<Greedy.Entry> found = localize(point, context);
    new Greedy().edit(found, point, context);
    float[] edited = context.weights().toFloats();
    context.weights().close();

    List<Integer> expected = removedByDefinition(context);
    assertTrue(expected.size() >= STEPS / 2, "only " + expected.size() + " steps find a weight");
    assertEquals(expected, wholeModelEntries(found));
    float[] original = fixture.original();
    Set<Integer> removed = new HashSet<>(expected);
    for (int i = 0; i < original.length; i++) {
      assertEquals(removed.contains(i) ? 0 : original[i], edited[i] + 0f, "entry " + i); // -0 is 0
    }
  }

  /** Weights that are zero already have nothing to gain: weight * gradient is 0 everywhere. */
  @Test
  void removesNothingIfNoProductIsPositive() {
    MitigationContext context = context();
    for (MlpTensors mlp : fixture.model().mlp()) {
      for (String name : mlp.all()) {
        long size = fixture.model().layout().tensor(name).size();
        Edits.zeroEntries(context.weights(), name, LongStream.range(0, size).toArray());
      }
    }
    assertEquals(List.of(), localize(point, context));
    context.weights().close();
  }

  /** The table of UNLEARNING 6; the sizes are those of UNLEARNING 0. */
  @Test
  void stepsAreTheFirstWholeNumberNotBelowTheRatioOfAllParameters() {
    assertSteps(814_336, 1e-5, 9);
    assertSteps(814_336, 1e-4, 82);
    assertSteps(814_336, 1e-3, 815);
    assertSteps(814_336, 0.01, 8_144);
    assertSteps(814_336, 0.05, 40_717);
    assertSteps(7_245_440, 0.01, 72_455);
    assertSteps(2_775_208_960L, 1e-5, 27_753);
    assertSteps(6_857_302_016L, 1e-5, 68_574);
    assertSteps(1_000, 0.5, 500);
    assertSteps(1_000, 0, 0);
  }

  private static void assertSteps(long parameters, double ratio, long steps) {
    assertEquals(steps, new Greedy.Hyperparameters(ratio, 64).steps(parameters));
  }

  private MitigationContext context() {
    return fixture.context(
        Map.of(Need.FORGET_SET, forget, Need.RETAIN_SET, retain), Set.of(), SEED, Progress.SILENT);
  }

  private static List<Greedy.Entry> localize(
      Greedy.Hyperparameters point, MitigationContext context) {
    return new Greedy().localize(point, context);
  }

  private List<Integer> removedByDefinition(MitigationContext context) {
    float[] values = fixture.original();
    List<Integer> removed = new ArrayList<>();
    int steps = 0;
    for (int pass = 1; steps < STEPS; pass++) {
      int[] order = RandomStreams.permutation(rows.rows(), context.random("shuffle/" + pass));
      for (int[] batch : MiniBatches.of(order, BATCH)) {
        if (steps++ < STEPS) {
          removeOne(values, signedGradient(values, batch), removed);
        }
      }
    }
    return removed;
  }

  private void removeOne(float[] values, double[] gradient, List<Integer> removed) {
    int best = -1;
    for (int i : editable()) {
      if (best < 0 || values[i] * gradient[i] > values[best] * gradient[best]) {
        best = i;
      }
    }
    if (values[best] * gradient[best] > 0) {
      values[best] = 0;
      removed.add(best);
    }
  }

  private double[] signedGradient(float[] values, int[] batch) {
    double[] sum = new double[values.length];
    try (Weights weights = fixture.weights(values)) {
      for (int row : batch) {
        float[] gradient = rowGradient(weights, row);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += row < forget.rows() ? -gradient[i] : gradient[i];
        }
      }
    }
    return sum;
  }

  private float[] rowGradient(Weights weights, int row) {
    float[][] gradient = new float[1][];
    Torch.withGradients(
        true,
        () -> {
          weights.flat().setRequiresGradient(true);
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            int length = fixture.training().length();
            TokenBatch batch = TokenBatch.of(weights.manager(), rows, new int[] {row}, length);
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

  private List<Integer> wholeModelEntries(List<Greedy.Entry> entries) {
    return entries.stream().map(entry -> (int) (offset(entry.tensor()) + entry.index())).toList();
  }

  private long offset(String tensor) {
    return fixture.model().layout().tensor(tensor).offset();
  }
}
