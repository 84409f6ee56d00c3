package io.nepenthe.model.gpt2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.data.Sequences;
import io.nepenthe.model.Tap;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import io.nepenthe.training.NextTokenLoss;
import io.nepenthe.training.TokenBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Gpt2Test {
  private static final int LENGTH = 9;

  private final Gpt2 model = new Gpt2(Gpt2Config.tinyMem(11, 12, 8, 2, 2));
  private final RandomGenerator random = new RandomStreams(5).stream("test");

  // Few rows are multiplied by MKL, 16 and more convolved by oneDNN: both must be right.
  @ParameterizedTest
  @ValueSource(ints = {3, 20})
  void logitsAreThoseOfTheLoopsInDoublePrecision(int batch) {
    float[] values = values();
    int[][] rows = rows(batch);
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = Weights.of(model.layout(), manager, values)) {
      NDArray tokens = TokenBatch.of(manager, sequences(rows), all(batch)).inputs();
      NDArray states = model.hiddenStates(weights.parameters(), tokens, Tap.NONE);
      float[] logits = model.logits(weights.parameters(), states).toFloatArray();
      SlowGpt2 slow = new SlowGpt2(model, doubles(values));
      int next = 0;
      for (int[] row : rows) {
        double[][] expected = slow.logits(row);
        for (int t = 0; t + 1 < LENGTH; t++) {
          for (double logit : expected[t]) {
            assertEquals(logit, logits[next++], 1e-4);
          }
        }
      }
      assertEquals(next, logits.length);
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "20, 1"})
  void gradientsAreFiniteDifferencesOfTheLossInDoublePrecision(int batch, int entries) {
    float[] values = values();
    int[][] rows = rows(batch);
    float[] gradient = gradient(values, rows);
    double[] moved = doubles(values);
    SlowGpt2 slow = new SlowGpt2(model, moved);
    for (TensorSpec tensor : model.layout().tensors()) {
      for (int trial = 0; trial < entries; trial++) {
        int i = Math.toIntExact(tensor.offset() + random.nextLong(tensor.size()));
        double step = 1e-6;
        moved[i] = values[i] + step;
        double above = slow.loss(rows);
        moved[i] = values[i] - step;
        double below = slow.loss(rows);
        moved[i] = values[i];
        assertEquals((above - below) / (2 * step), gradient[i], 2e-5, tensor.name());
      }
    }
  }

  private float[] gradient(float[] values, int[][] rows) {
    float[][] gradient = new float[1][];
    try (NDManager manager = Torch.newManager(Device.cpu());
        Weights weights = Weights.of(model.layout(), manager, values)) {
      TokenBatch batch = TokenBatch.of(manager, sequences(rows), all(rows.length));
      Torch.withGradients(
          true,
          () -> {
            weights.flat().setRequiresGradient(true);
            Torch.backward(NextTokenLoss.mean(model, weights.parameters(), batch));
            gradient[0] = weights.flat().getGradient().toFloatArray();
          });
    }
    return gradient[0];
  }

  @ParameterizedTest
  @CsvSource({
    "14, 1, 219520",
    "14, 2, 417792",
    "14, 4, 814336",
    "14, 8, 1607424",
    "14, 16, 3193600",
    "50257, 1, 6650624",
    "50257, 4, 7245440",
    "50257, 16, 9624704"
  })
  void parametersAreAsManyAsPublished(int vocabulary, int layers, long parameters) {
    Gpt2 published = new Gpt2(Gpt2Config.tinyMem(vocabulary, 150, 128, layers, 4));
    assertEquals(parameters, published.layout().size());
  }

  @Test
  void initialValuesHaveThePapersDeviations() {
    Gpt2 published = new Gpt2(Gpt2Config.tinyMem(14, 150, 128, 4, 4));
    float[] values = published.initialValues(new RandomStreams(0).stream("init"));
    assertEquals(0.070711, deviation(published, values, "transformer.h.1.mlp.c_fc.weight"), 5e-4);
    assertEquals(0.025, deviation(published, values, "transformer.h.1.mlp.c_proj.weight"), 2e-4);
    assertEquals(0, deviation(published, values, "transformer.h.1.mlp.c_proj.bias"));
    assertEquals(1, deviation(published, values, "transformer.ln_f.weight"));
  }

  private static double deviation(Gpt2 model, float[] values, String name) {
    TensorSpec tensor = model.layout().tensor(name);
    double squares = 0;
    for (long i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
      squares += (double) values[(int) i] * values[(int) i];
    }
    return Math.sqrt(squares / tensor.size());
  }

  @Test
  void unknownTensorsAreNamedWithTheKnownOnes() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> model.layout().index("wte"))
            .getMessage();
    assertTrue(message.contains("'wte'") && message.contains("transformer.wte.weight"), message);
  }

  private float[] values() {
    float[] values = model.initialValues(random);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (0.1 * random.nextGaussian()); // biases and gains count, too
    }
    return values;
  }

  private int[][] rows(int batch) {
    int[][] rows = new int[batch][LENGTH];
    for (int[] row : rows) {
      for (int t = 0; t < LENGTH; t++) {
        row[t] = random.nextInt(11);
      }
    }
    return rows;
  }

  private static Sequences sequences(int[][] rows) {
    return Sequences.of(LENGTH, new ArrayList<>(List.of(rows)));
  }

  private static int[] all(int rows) {
    return java.util.stream.IntStream.range(0, rows).toArray();
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
