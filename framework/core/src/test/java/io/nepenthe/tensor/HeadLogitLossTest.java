package io.nepenthe.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A loss of logits in chunks must be what all logits at once give, gradients included. */
final class HeadLogitLossTest {
  private static final int ROWS = 11;
  private static final int WIDTH = 5;
  private static final int VOCABULARY = 30;

  private final NDManager manager = Torch.newManager(Device.cpu());
  private final NDArray states = values(ROWS, WIDTH, 1);
  private final NDArray table = values(VOCABULARY, WIDTH, 2);
  private final NDArray targets = values(ROWS, VOCABULARY, 3).softmax(1);

  @AfterEach
  void free() {
    manager.close();
  }

  private NDArray values(int rows, int width, int seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Torch.floats(manager, values, rows, width);
  }

  /** The cross-entropy to the targets; what the logits themselves give is detached. */
  private NDArray loss(NDArray logits, long from, long to) {
    NDArray own = logits.stopGradient().softmax(1);
    NDArray target = targets.get(from + ":" + to).add(own);
    return target.mul(logits.logSoftmax(1)).sum(new int[] {1}).neg();
  }

  private NDArray inChunks(NDArray[] inputs) {
    return HeadLogitLoss.of(inputs[0], inputs[1], FloatType.FLOAT32, this::loss, 4);
  }

  private NDArray direct(NDArray[] inputs) {
    return loss(inputs[0].matMul(inputs[1].transpose()), 0, ROWS);
  }

  /** Returns the gradients of a scalar of the losses at states and table. */
  private float[][] gradients(
      Function<NDArray[], NDArray> losses, UnaryOperator<NDArray> scalar, boolean ofTable) {
    float[][] found = new float[2][];
    Torch.withGradients(
        true,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray a = states.duplicate();
            NDArray b = table.duplicate();
            a.setRequiresGradient(true);
            b.setRequiresGradient(ofTable);
            NDArray zero = Ops.scalar(a, 0); // added, so that the loss sees no leaves
            NDArray[] inputs = {a.add(zero), b.add(zero)};
            Torch.backward(scalar.apply(losses.apply(inputs)));
            found[0] = a.getGradient().toFloatArray();
            found[1] = ofTable ? b.getGradient().toFloatArray() : new float[0];
          }
        });
    return found;
  }

  private void assertSame(UnaryOperator<NDArray> scalar, boolean ofTable) {
    float[][] expected = gradients(this::direct, scalar, ofTable);
    float[][] actual = gradients(this::inChunks, scalar, ofTable);
    assertArrayEquals(expected[0], actual[0], 1e-5f);
    assertArrayEquals(expected[1], actual[1], 1e-5f);
  }

  @Test
  void lossesAreThoseOfAllLogitsAtOnce() {
    NDArray[] inputs = {states, table};
    assertArrayEquals(direct(inputs).toFloatArray(), inChunks(inputs).toFloatArray(), 1e-5f);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gradientOfANonLinearFunctionOfTheLosses(boolean ofTable) {
    assertSame(losses -> losses.neg().exp().mean(), ofTable);
  }

  @Test
  void gradientsOfLossesThatShareAGraphAddUp() {
    float[][] expected = gradients(this::direct, losses -> Ops.scale(losses.sum(), 3), true);
    float[][] actual =
        gradients(
            inputs -> inChunks(inputs).add(Ops.scale(inChunks(inputs), 2)), NDArray::sum, true);
    assertArrayEquals(expected[0], actual[0], 1e-4f);
    assertArrayEquals(expected[1], actual[1], 1e-4f);
  }
}
