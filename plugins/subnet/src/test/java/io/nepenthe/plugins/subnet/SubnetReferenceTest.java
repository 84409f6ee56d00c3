package io.nepenthe.plugins.subnet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDScope;
import io.nepenthe.data.Sequences;
import io.nepenthe.editing.EntryMasks;
import io.nepenthe.editing.ScoreMasks;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares Subnet with its definition: masks by sorting, masked copies of the whole model, SGD by a
 * loop in 64 bits (UNLEARNING 10).
 */
class SubnetReferenceTest {
  private static final int BATCH = 16;

  private final TinyFixture fixture = TinyFixture.trained();
  // Three mini-batches, the last one short: it must weigh as much as a full one.
  private final Sequences rows = fixture.data().train().slice(0, 40);
  private final Map<String, double[]> scores = new LinkedHashMap<>();
  private final Map<String, double[]> buffers = new LinkedHashMap<>();

  @ParameterizedTest
  @CsvSource({"0.1, 0.9, 5e-4", "0.3, 0, 0"})
  void scoresAndMasksEqualTheDefinition(double ratio, double momentum, double weightDecay) {
    SubnetParams point = new SubnetParams(ratio, 2, BATCH, momentum, weightDecay);
    MitigationContext context = context();
    drawScores(context.random("scores"));
    try (ScoreMasks masks = Subnet.newMasks(point, context)) {
      for (int epoch = 1; epoch <= point.epochs(); epoch++) {
        for (int from = 0; from < rows.rows(); from += BATCH) {
          int[] batch = IntStream.range(from, Math.min(from + BATCH, rows.rows())).toArray();
          Subnet.step(masks, rows, batch, context);
          referenceStep(batch, point);
        }
      }
      EntryMasks localized = new Subnet().localize(point, context);
      scores.forEach(
          (tensor, expected) -> {
            double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
            float[] found = masks.scores(tensor);
            for (int i = 0; i < expected.length; i++) {
              assertEquals(expected[i], found[i], 1e-4 * largest, tensor + " " + i);
            }
            assertArrayEquals(dropped(expected, ratio), localized.dropped(tensor), tensor);
          });
    }
    context.weights().close();
  }

  private MitigationContext context() {
    return fixture.context(Map.of(Need.FORGET_SET, rows), Set.of(), 5, Progress.SILENT);
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

  private void referenceStep(int[] batch, SubnetParams point) {
    float[] original = fixture.original();
    float[] masked = original.clone();
    scores.forEach(
        (name, s) -> {
          int offset = (int) fixture.model().layout().tensor(name).offset();
          for (long entry : dropped(s, point.ratio())) {
            masked[offset + (int) entry] = 0;
          }
        });
    float[] gradient = gradient(masked, batch);
    scores.forEach(
        (name, s) -> {
          int offset = (int) fixture.model().layout().tensor(name).offset();
          double[] buffer = buffers.get(name);
          for (int i = 0; i < s.length; i++) {
            double g = -gradient[offset + i] * (double) original[offset + i] * Math.signum(s[i]);
            buffer[i] = point.momentum() * buffer[i] + g + point.weightDecay() * s[i];
            s[i] -= 0.1 * buffer[i];
          }
        });
  }

  private float[] gradient(float[] values, int[] batchRows) {
    float[][] gradient = new float[1][];
    try (Weights weights = fixture.weights(values)) {
      weights.flat().setRequiresGradient(true);
      Torch.withGradients(
          true,
          () -> {
            try (NDScope scope = new NDScope()) {
              scope.suppressNotUsedWarning();
              TokenBatch batch =
                  TokenBatch.of(weights.manager(), rows, batchRows, fixture.training().length());
              Torch.backward(NextTokenLoss.mean(fixture.model(), weights.parameters(), batch));
              gradient[0] = weights.flat().getGradient().toFloatArray();
            }
          });
    }
    return gradient[0];
  }

  private static long[] dropped(double[] scores, double ratio) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> Math.abs(scores[i])))
        .limit((long) (scores.length * ratio))
        .mapToLong(Integer::longValue)
        .sorted()
        .toArray();
  }
}
