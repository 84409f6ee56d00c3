package io.nepenthe.plugins.balancedsubnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.EntryMasks;
import io.nepenthe.editing.ScoreMasks;
import io.nepenthe.model.MlpTensors;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Compares BalancedSubnet with its definition: masks by sorting, masked copies of the whole model,
 * one forward pass per class, SGD by a loop in 64 bits (UNLEARNING 10, 11).
 */
class BalancedSubnetReferenceTest {
  private static final BalancedSubnetParams POINT = new BalancedSubnetParams(0.1, 2, 0.7, 16);

  private final TinyFixture fixture = TinyFixture.trained();
  private final Sequences forget = fixture.memorized();
  private final Sequences rows =
      forget.concat(fixture.rows().get(io.nepenthe.plugin.Need.RETAIN_SET));
  private final Map<String, double[]> scores = new LinkedHashMap<>();
  private final Map<String, double[]> buffers = new LinkedHashMap<>();

  @Test
  void scoresAndMasksEqualTheDefinition() {
    MitigationContext context = fixture.context(5);
    drawScores(context.random("scores"));
    try (ScoreMasks masks = BalancedSubnet.newMasks(POINT, context)) {
      for (int epoch = 1; epoch <= POINT.epochs(); epoch++) {
        int[] order = RandomStreams.permutation(rows.rows(), context.random("shuffle/" + epoch));
        for (int[] batch : MiniBatches.of(order, POINT.batchSize())) {
          BalancedSubnet.step(masks, rows, forget.rows(), batch, POINT.lossWeight(), context);
          referenceStep(batch);
        }
      }
      EntryMasks localized = new BalancedSubnet().localize(POINT, context);
      for (String tensor : scores.keySet()) {
        double[] expected = scores.get(tensor);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        float[] found = masks.scores(tensor);
        for (int i = 0; i < expected.length; i++) {
          assertEquals(expected[i], found[i], 1e-4 * largest, tensor + " " + i);
        }
        assertArrayEquals(dropped(expected), masks.kept().dropped(tensor), tensor);
        assertArrayEquals(dropped(expected), localized.dropped(tensor), tensor);
      }
    }
    context.weights().close();
  }

  @Test
  void aClassWithoutRowsInTheBatchAddsNothing() {
    assertArrayEquals(
        new float[] {0.35f, 0.35f}, BalancedSubnet.rowWeights(new int[] {4, 5}, 3, 0.7), 1e-6f);
    assertArrayEquals(
        new float[] {-0.3f, 0.7f}, BalancedSubnet.rowWeights(new int[] {2, 3}, 3, 0.7), 1e-6f);
  }

  private void drawScores(RandomGenerator random) {
    for (MlpTensors mlp : fixture.model().mlp()) {
      for (String name : mlp.weights()) {
        TensorSpec tensor = fixture.model().layout().tensor(name);
        double bound = 1 / Math.sqrt(tensor.shape().get(1));
        double[] start = new double[(int) tensor.size()];
        for (int i = 0; i < start.length; i++) {
          start[i] = bound * (2 * random.nextFloat() - 1);
        }
        scores.put(name, start);
        buffers.put(name, new double[start.length]);
      }
    }
  }

  private void referenceStep(int[] batch) {
    float[] original = fixture.original();
    float[] masked = original.clone();
    scores.forEach(
        (name, s) -> {
          int offset = (int) fixture.model().layout().tensor(name).offset();
          for (long entry : dropped(s)) {
            masked[offset + (int) entry] = 0;
          }
        });
    int[] memorized = Arrays.stream(batch).filter(row -> row < forget.rows()).toArray();
    int[] retained = Arrays.stream(batch).filter(row -> row >= forget.rows()).toArray();
    double[] gradient = new double[masked.length];
    addGradient(gradient, masked, memorized, -(1 - POINT.lossWeight()));
    addGradient(gradient, masked, retained, POINT.lossWeight());
    scores.forEach(
        (name, s) -> {
          int offset = (int) fixture.model().layout().tensor(name).offset();
          double[] buffer = buffers.get(name);
          for (int i = 0; i < s.length; i++) {
            double g = gradient[offset + i] * original[offset + i] * Math.signum(s[i]);
            buffer[i] = 0.9 * buffer[i] + g + 5e-4 * s[i];
            s[i] -= 0.1 * buffer[i];
          }
        });
  }

  private void addGradient(double[] sum, float[] values, int[] batchRows, double factor) {
    if (batchRows.length == 0) {
      return;
    }
    try (Weights weights = fixture.weights(values)) {
      weights.flat().setRequiresGradient(true);
      Torch.withGradients(
          true,
          () -> {
            try (NDScope scope = new NDScope()) {
              scope.suppressNotUsedWarning();
              TokenBatch batch =
                  TokenBatch.of(weights.manager(), rows, batchRows, fixture.training().length());
              NDArray loss = NextTokenLoss.mean(fixture.model(), weights.parameters(), batch);
              Torch.backward(Ops.scale(loss, factor));
              float[] gradient = weights.flat().getGradient().toFloatArray();
              for (int i = 0; i < sum.length; i++) {
                sum[i] += gradient[i];
              }
            }
          });
    }
  }

  private static long[] dropped(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> Math.abs(scores[i])))
        .limit((long) (scores.length * POINT.ratio()))
        .mapToLong(Integer::longValue)
        .sorted()
        .toArray();
  }
}
