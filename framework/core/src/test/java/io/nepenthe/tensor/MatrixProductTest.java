package io.nepenthe.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nepenthe.protocol.RandomStreams;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whichever way a product is computed, it is the product. */
final class MatrixProductTest {
  private static final int INPUTS = 700;
  private static final int OUTPUTS = 755; // no multiple of 16

  private final RandomGenerator random = new RandomStreams(4).stream("test");
  private final NDManager manager = Torch.newManager(Device.cpu());

  @AfterEach
  void free() {
    manager.close();
  }

  private NDArray values(long... shape) {
    float[] values = new float[Math.toIntExact(new Shape(shape).size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.1 * random.nextGaussian());
    }
    return Torch.floats(manager, values, shape);
  }

  private static float[] plain(NDArray x, NDArray weight, NDArray bias) {
    return x.matMul(weight.transpose()).add(bias).toFloatArray();
  }

  /** One row of one token, few rows, few images of a token, and many images of several. */
  @ParameterizedTest
  @CsvSource({"1, 1", "5, 1", "17, 17", "128, 16", "160, 16"})
  void isThatOfThePlainOperator(int rows, int images) {
    NDArray x = values(rows, INPUTS);
    NDArray weight = values(OUTPUTS, INPUTS);
    NDArray bias = values(OUTPUTS);
    float[] expected = plain(x, weight, bias);
    for (boolean gradients : new boolean[] {false, true}) {
      Torch.withGradients(
          gradients,
          () -> {
            NDArray found = MatrixProduct.of(x, weight, bias, images);
            assertArrayEquals(expected, found.toFloatArray(), 1e-4f);
            NDArray without = MatrixProduct.of(x, weight, null, images);
            assertArrayEquals(expected, without.add(bias).toFloatArray(), 1e-4f);
          });
    }
  }

  @ParameterizedTest
  @EnumSource(FloatType.class)
  void fewRowsAreMultipliedWithAMatrixOfAnyTypeStoredEitherWay(FloatType type) {
    NDArray x = values(5, INPUTS);
    NDArray weight = FloatArrays.converted(values(OUTPUTS, INPUTS), type);
    NDArray bias = values(OUTPUTS);
    float[] expected = plain(x, FloatArrays.widened(weight), bias);
    NDArray stored =
        FloatArrays.converted(FloatArrays.widened(weight).transpose().duplicate(), type);
    Torch.withGradients(
        false,
        () -> {
          NDArray outputsFirst = Ops.outputsFirstLinear(x, weight, bias, 1, FloatType.FLOAT32);
          assertArrayEquals(expected, outputsFirst.toFloatArray(), 1e-4f);
          NDArray inputsFirst = Ops.linear(x, stored, bias, 1, FloatType.FLOAT32);
          assertArrayEquals(expected, inputsFirst.toFloatArray(), 1e-4f);
        });
  }

  /** A matrix this large is widened a part at a time. */
  @Test
  void fewRowsSeeEveryPartOfAHugeMatrix() {
    int outputs = (1 << 24) / INPUTS + 100;
    NDArray weight = FloatArrays.zeros(manager, FloatType.FLOAT16, outputs, INPUTS);
    Pieces.fill(weight.get("0"), () -> 1);
    Pieces.fill(weight.get(String.valueOf(outputs - 1)), () -> 2);
    NDArray x = manager.ones(new Shape(4, INPUTS));
    Torch.withGradients(
        false,
        () -> {
          float[] sums = MatrixProduct.ofFewRows(x, weight, null).get("3").toFloatArray();
          assertEquals(INPUTS, sums[0]);
          assertEquals(0, sums[1]);
          assertEquals(2 * INPUTS, sums[outputs - 1]);
        });
  }
}
