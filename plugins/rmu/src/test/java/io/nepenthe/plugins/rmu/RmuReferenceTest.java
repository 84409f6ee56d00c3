package io.nepenthe.plugins.rmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.data.MiniBatches;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.LanguageModel;
import io.nepenthe.model.Tap;
import io.nepenthe.model.Weights;
import io.nepenthe.plugin.MitigationContext;
import io.nepenthe.plugin.Need;
import io.nepenthe.tensor.Torch;
import io.nepenthe.testkit.TinyFixture;
import io.nepenthe.training.TokenBatch;
import java.util.Arrays;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Compares RMU with its definition. Where only the first block moves, what it makes of a row is
 * linear in its output matrix W: h(W) = h(W0) + a (W - W0), with hidden units a that stay. So the
 * whole training is redone by loops in 64 bits, without autograd.
 */
class RmuReferenceTest {
  private static final long SEED = 5;
  private static final RmuParams POINT = new RmuParams(0.5, 15, 3, 4, 0.003);

  private final TinyFixture fixture = TinyFixture.trained();
  private final LanguageModel model = fixture.model();
  private final Sequences forget = fixture.memorized();
  private final Sequences keep = fixture.rows().get(Need.RETAIN_SET);
  private final int read = fixture.training().length() - 1;
  private final int width = model.width();
  private final int units = model.hiddenUnits();
  private final String matrix = model.mlp().get(0).out().weight();

  /** What the first block makes of rows, and the hidden units that it makes it of. */
  private static final class Seen {
    float[] stream = {};
    float[] hidden = {};
  }

  @Test
  void theMatrixEqualsTheDefinition() {
    assertEquals(0, POINT.layer(model.layers()));
    float[] found = found(POINT);
    double[] expected = trained();
    float[] original = values(fixture.original());
    double way = 0;
    for (int i = 0; i < expected.length; i++) {
      way = Math.max(way, Math.abs(expected[i] - original[i]));
    }
    assertTrue(way > POINT.learningRate(), "it moved");
    float[] moved = values(found);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], moved[i], 0.02 * way, "entry " + i);
    }
  }

  @Test
  void onlyTheOutputMatricesOfTheSteeredBlockAndTheTwoBeforeItMove() {
    assertEquals(Set.of(matrix), fixture.changed(found(POINT)).keySet());
    RmuParams deep = new RmuParams(1, 15, 3, 1, 0.003);
    assertEquals(
        Set.of(matrix, model.mlp().get(1).out().weight()), fixture.changed(found(deep)).keySet());
  }

  @Test
  void depthNamesTheBlock() {
    assertEquals(7, new RmuParams(0.25, 1, 1, 1, 1).layer(32));
    assertEquals(31, new RmuParams(1, 1, 1, 1, 1).layer(32));
    assertEquals(0, new RmuParams(0.01, 1, 1, 1, 1).layer(4));
  }

  private float[] found(RmuParams point) {
    MitigationContext context = fixture.context(SEED);
    try (Weights weights = context.weights()) {
      new Rmu().mitigate(point, context);
      return weights.toFloats();
    }
  }

  private float[] values(float[] all) {
    int from = (int) model.layout().tensor(matrix).offset();
    return Arrays.copyOfRange(all, from, from + units * width);
  }

  private double[] trained() {
    MitigationContext context = fixture.context(SEED);
    context.weights().close();
    double[] target = target(context.random("u"));
    float[] start = values(fixture.original());
    double[] weights = new double[start.length];
    double[] mean = new double[start.length];
    double[] variance = new double[start.length];
    for (int i = 0; i < start.length; i++) {
      weights[i] = start[i];
    }
    int[] drawn =
        context
            .random("rows to keep")
            .ints((long) POINT.epochs() * forget.rows(), 0, keep.rows())
            .toArray();
    int next = 0;
    int step = 0;
    for (int epoch = 0; epoch < POINT.epochs(); epoch++) {
      RandomGenerator random = context.random("shuffle/" + epoch);
      for (int[] batch : MiniBatches.shuffled(forget.rows(), 16, random)) {
        int[] kept = Arrays.copyOfRange(drawn, next, next + batch.length);
        next += batch.length;
        double[] gradient = new double[weights.length];
        addForgetting(gradient, weights, start, seen(forget, batch), batch.length, target);
        addKeeping(gradient, weights, start, seen(keep, kept));
        step++;
        for (int i = 0; i < weights.length; i++) {
          double g = gradient[i];
          weights[i] *= 1 - POINT.learningRate() * 0.01;
          mean[i] = 0.9 * mean[i] + 0.1 * g;
          variance[i] = 0.999 * variance[i] + 0.001 * g * g;
          double root = Math.sqrt(variance[i] / (1 - Math.pow(0.999, step)));
          weights[i] -= POINT.learningRate() * mean[i] / (1 - Math.pow(0.9, step)) / (root + 1e-8);
        }
      }
    }
    return weights;
  }

  private double[] target(RandomGenerator random) {
    double[] u = new double[width];
    double norm = 0;
    for (int d = 0; d < width; d++) {
      u[d] = random.nextFloat();
      norm += u[d] * u[d];
    }
    for (int d = 0; d < width; d++) {
      u[d] *= POINT.coefficient() / Math.sqrt(norm);
    }
    return u;
  }

  private void addForgetting(
      double[] sum, double[] weights, float[] start, Seen seen, int rows, double[] target) {
    int prompt = fixture.window().prompt();
    int end = fixture.window().end();
    double count = rows * (double) (end - prompt) * width;
    for (int row = 0; row < rows; row++) {
      for (int position = prompt - 1; position < end - 1; position++) {
        double[] error = moved(seen, row * read + position, weights, start);
        for (int d = 0; d < width; d++) {
          error[d] = 2 * (error[d] + seen.stream[(row * read + position) * width + d] - target[d]);
        }
        addOuter(sum, seen, row * read + position, error, 1 / count);
      }
    }
  }

  private void addKeeping(double[] sum, double[] weights, float[] start, Seen seen) {
    int tokens = seen.stream.length / width;
    for (int token = 0; token < tokens; token++) {
      double[] error = moved(seen, token, weights, start);
      addOuter(sum, seen, token, error, 2 * POINT.alpha() / (tokens * (double) width));
    }
  }

  /** Returns a (W - W0). */
  private double[] moved(Seen seen, int token, double[] weights, float[] start) {
    double[] moved = new double[width];
    for (int unit = 0; unit < units; unit++) {
      double a = seen.hidden[token * units + unit];
      for (int d = 0; a != 0 && d < width; d++) {
        moved[d] += a * (weights[unit * width + d] - start[unit * width + d]);
      }
    }
    return moved;
  }

  private void addOuter(double[] sum, Seen seen, int token, double[] error, double factor) {
    for (int unit = 0; unit < units; unit++) {
      double a = seen.hidden[token * units + unit];
      for (int d = 0; a != 0 && d < width; d++) {
        sum[unit * width + d] += factor * a * error[d];
      }
    }
  }

  private Seen seen(Sequences rows, int[] some) {
    Seen seen = new Seen();
    try (Weights weights = fixture.weights(fixture.original());
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      TokenBatch batch = TokenBatch.of(weights.manager(), rows, some, read + 1);
      Tap recorder =
          new Tap() {
            @Override
            public NDArray hidden(int layer, NDArray activation) {
              if (layer == 0) {
                seen.hidden = activation.toFloatArray();
              }
              return activation;
            }

            @Override
            public NDArray stream(int layer, NDArray stream) {
              if (layer == 1) {
                seen.stream = stream.toFloatArray();
              }
              return stream;
            }
          };
      Torch.withGradients(
          false, () -> model.hiddenStates(weights.parameters(), batch.inputs(), recorder));
    }
    return seen;
  }
}
