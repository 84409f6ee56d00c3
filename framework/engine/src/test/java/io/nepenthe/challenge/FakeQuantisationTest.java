package io.nepenthe.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import io.nepenthe.model.ParameterLayout;
import io.nepenthe.model.TensorSpec;
import io.nepenthe.model.Weights;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rounding agrees with a search among all numbers of a format. */
class FakeQuantisationTest {
  private static final int ROWS = 7;
  private static final int COLUMNS = 5;

  /** Returns every number of a format that is not negative, rising. */
  private static List<Double> numbers(String format) {
    List<Double> numbers = new ArrayList<>();
    if (format.equals("fp8")) {
      for (int code = 0; code < 0x7f; code++) { // 0x7f is no number
        int exponent = code >> 3;
        int fraction = code & 7;
        numbers.add(
            exponent == 0
                ? fraction / 8.0 * Math.pow(2, -6)
                : (1 + fraction / 8.0) * Math.pow(2, exponent - 7));
      }
      return numbers;
    }
    for (int i = 0; i <= (format.equals("int8") ? 127 : 7); i++) {
      numbers.add((double) i);
    }
    return numbers;
  }

  private static double nearest(List<Double> numbers, double value) {
    int best = 0;
    for (int i = 1; i < numbers.size(); i++) {
      double better = Math.abs(numbers.get(best) - Math.abs(value));
      double here = Math.abs(numbers.get(i) - Math.abs(value));
      best = here < better || (here == better && i % 2 == 0) ? i : best;
    }
    return Math.signum(value) * numbers.get(best);
  }

  private static float[] slowly(String format, float[] matrix, int outputAxis) {
    List<Double> numbers = numbers(format);
    float largest = numbers.get(numbers.size() - 1).floatValue();
    float[] rounded = matrix.clone();
    for (int r = 0; r < ROWS; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        float most = 0;
        for (int i = 0; i < (outputAxis == 0 ? COLUMNS : ROWS); i++) {
          float same = outputAxis == 0 ? matrix[r * COLUMNS + i] : matrix[i * COLUMNS + c];
          most = Math.max(most, Math.abs(same));
        }
        float scale = most / largest;
        float scaled = matrix[r * COLUMNS + c] / scale;
        rounded[r * COLUMNS + c] = scale == 0 ? 0 : (float) nearest(numbers, scaled) * scale;
      }
    }
    return rounded;
  }

  private static float[] matrix() {
    RandomGenerator random = new RandomStreams(5).stream("matrix");
    float[] values = new float[ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, -random.nextInt(4)));
    }
    for (int c = 0; c < COLUMNS; c++) {
      values[2 * COLUMNS + c] = 0; // an output that nothing goes into
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"int8,0", "int8,1", "int4,0", "int4,1", "fp8,0", "fp8,1"})
  void roundsToTheNearestNumberOfItsOutput(String format, int outputAxis) {
    ParameterLayout layout =
        new ParameterLayout.Builder().add("before", 3).add("matrix", ROWS, COLUMNS).build();
    float[] all = new float[3 + ROWS * COLUMNS];
    all[1] = 0.123f;
    System.arraycopy(matrix(), 0, all, 3, ROWS * COLUMNS);
    try (NDManager manager = Torch.newManager(ai.djl.Device.cpu());
        Weights weights = Weights.of(layout, manager, all)) {
      TensorSpec matrix = layout.tensor("matrix");
      Torch.withGradients(
          false, () -> FakeQuantisation.to(format).round(weights, matrix, outputAxis));
      float[] expected = slowly(format, matrix(), outputAxis);
      float[] actual = weights.values(matrix, 0, expected.length);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], actual[i], "entry " + i);
      }
      assertEquals(0.123f, weights.toFloats()[1]);
    }
  }

  @Test
  void tiesGoToTheEvenNumber() {
    assertEquals(2f, FakeQuantisation.INT8.nearest(2.5f));
    assertEquals(-4f, FakeQuantisation.INT4.nearest(-3.5f));
    assertEquals(16f, FakeQuantisation.FP8.nearest(17f)); // 16 and 18 are neighbours
    assertEquals(448f, FakeQuantisation.FP8.nearest(448.00003f));
    assertEquals(0f, FakeQuantisation.FP8.nearest(0.0009765625f)); // half of the smallest
  }
}
