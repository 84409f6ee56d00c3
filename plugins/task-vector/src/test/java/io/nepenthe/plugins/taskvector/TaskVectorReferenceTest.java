package io.nepenthe.plugins.taskvector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.data.Window;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.TokenBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Compares task vectors with their definition: log-probabilities of compared tokens one by one,
 * AdamW and the subtraction by loops in 64 bits.
 */
class TaskVectorReferenceTest {
  private static final long SEED = 5;
  private static final double RATE = 0.002;
  private static final int EPOCHS = 3;
  private static final double LAMBDA = 1.5;

  private final TinyFixture fixture = TinyFixture.trained();
  private final LanguageModel model = fixture.model();
  private final Sequences forget = fixture.memorized();
  private final int length = fixture.training().length();

  @Test
  void weightsEqualTheDefinition() {
    float[] original = fixture.original();
    double[] tuned = fineTuned(original);
    float[] found = found(LAMBDA);
    double way = 0;
    double error = 0;
    for (int i = 0; i < original.length; i++) {
      double step = tuned[i] - original[i];
      double expected = original[i] - LAMBDA * step;
      way += step * step;
      error += (found[i] - expected) * (found[i] - expected);
    }
    assertTrue(way > 0);
    // An entry of hardly any gradient goes either way: what counts is the length of the error.
    assertEquals(0, Math.sqrt(error / way), 0.01);
  }

  @Test
  void withoutAWayBackTheModelStays() {
    assertArrayEquals(fixture.original(), found(0));
  }

  private float[] found(double lambda) {
    MitigationContext context = fixture.context(SEED);
    try (Weights weights = context.weights()) {
      new TaskVector().mitigate(new TaskVector.Hyperparameters(lambda, EPOCHS, RATE), context);
      return weights.toFloats();
    }
  }

  private double[] fineTuned(float[] original) {
    double[] weights = new double[original.length];
    double[] mean = new double[original.length];
    double[] variance = new double[original.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = original[i];
    }
    RandomStreams streams = new RandomStreams(SEED);
    int step = 0;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      String shuffle = "shuffle/" + (fixture.training().passes() + epoch);
      int[] order = RandomStreams.permutation(forget.rows(), streams.stream(shuffle));
      List<int[]> batches = MiniBatches.of(order, 16);
      for (int[] batch : batches) {
        float[] gradient = gradient(weights, batch);
        step++;
        for (int i = 0; i < weights.length; i++) {
          mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
          variance[i] = 0.999 * variance[i] + 0.001 * gradient[i] * gradient[i];
          double root = Math.sqrt(variance[i] / (1 - Math.pow(0.999, step)));
          weights[i] -= RATE * mean[i] / (1 - Math.pow(0.9, step)) / (root + 1e-8);
        }
      }
    }
    return weights;
  }

  /** Returns the gradient of the mean over all compared tokens of -log p, each picked by itself. */
  private float[] gradient(double[] values, int[] batchRows) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    float[][] gradient = new float[1][];
    try (Weights weights = fixture.weights(narrow)) {
      NDArray flat = weights.flat();
      flat.setRequiresGradient(true);
      Torch.withGradients(
          true,
          () -> {
            try (NDScope scope = new NDScope()) {
              scope.suppressNotUsedWarning();
              TokenBatch batch = TokenBatch.of(weights.manager(), forget, batchRows, length);
              NDArray states = model.hiddenStates(weights.parameters(), batch.inputs(), Tap.NONE);
              NDArray logs = model.logits(weights.parameters(), states).logSoftmax(1); // (N, V)
              NDArray sum = null;
              int count = 0;
              for (int i = 0; i < batchRows.length; i++) {
                Window window = fixture.window();
                for (int token = window.prompt(); token < window.end(); token++) {
                  long n = (long) i * (length - 1) + token - 1;
                  NDArray log = logs.get(n).get(forget.token(batchRows[i], token)); // ()
                  sum = sum == null ? log : sum.add(log);
                  count++;
                }
              }
              Torch.backward(sum.neg());
              float[] all = flat.getGradient().toFloatArray();
              for (int i = 0; i < all.length; i++) {
                all[i] /= count;
              }
              gradient[0] = all;
            }
          });
    }
    return gradient[0];
  }
}
