package io.nepenthe.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The head's loss in chunks must be what all logits at once give, gradients included. */
final class HeadLossTest {
  private static final int ROWS = 150; // more than two chunks
  private static final int WIDTH = 5;
  private static final int VOCABULARY = 70_000; // 64 rows a chunk

  private final NDManager manager = Torch.newManager(Device.cpu());
  private final NDArray states = values(ROWS, WIDTH, 1);
  private final NDArray table = values(VOCABULARY, WIDTH, 2);
  private final NDArray targets = targets();

  @AfterEach
  void free() {
    manager.close();
  }

  private NDArray values(int rows, int width, int seed) {
    float[] values = new float[rows * width];
    java.util.Random random = new java.util.Random(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Torch.floats(manager, values, rows, width);
  }

  private NDArray targets() {
    long[] targets = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      targets[i] = (i * 7919L) % VOCABULARY;
    }
    return Torch.longs(manager, targets, ROWS);
  }

  private interface Loss {
    NDArray of(NDArray states, NDArray table, NDArray targets);
  }

  private static NDArray inChunks(NDArray states, NDArray table, NDArray targets) {
    return HeadLoss.of(states, table, targets, FloatType.FLOAT32);
  }

  private static NDArray direct(NDArray states, NDArray table, NDArray targets) {
    return Ops.crossEntropy(states.matMul(table.transpose()), targets);
  }

  /** Returns the gradients of a scalar of the losses at states and table. */
  private float[][] gradients(
      Loss loss, UnaryOperator<NDArray> scalar, boolean ofStates, boolean ofTable) {
    float[][] found = new float[2][];
    Torch.withGradients(
        true,
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray a = states.duplicate();
            NDArray b = table.duplicate();
            a.setRequiresGradient(ofStates);
            b.setRequiresGradient(ofTable);
            NDArray zero = Ops.scalar(a, 0); // added, so that the loss sees no leaves
            Torch.backward(scalar.apply(loss.of(a.add(zero), b.add(zero), targets)));
            found[0] = ofStates ? a.getGradient().toFloatArray() : new float[0];
            found[1] = ofTable ? b.getGradient().toFloatArray() : new float[0];
          }
        });
    return found;
  }

  private void assertSameGradients(UnaryOperator<NDArray> scalar, boolean states, boolean table) {
    float[][] expected = gradients(HeadLossTest::direct, scalar, states, table);
    float[][] actual = gradients(HeadLossTest::inChunks, scalar, states, table);
    assertClose(expected, actual);
  }

  /** Single precision, in sums over the vocabulary: relative to the largest entry. */
  private static void assertClose(float[][] expected, float[][] actual) {
    for (int part = 0; part < expected.length; part++) {
      assertEquals(expected[part].length, actual[part].length);
      double largest = 0;
      for (float value : expected[part]) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertArrayEquals(expected[part], actual[part], (float) (1e-4 * largest));
    }
  }

  private NDArray rowWeights() {
    float[] weights = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      weights[i] = i % 10 == 0 ? 0 : i % 10 == 1 ? -0.5f : 0.01f;
    }
    return Torch.floats(manager, weights, ROWS);
  }

  @Test
  void lossesAreThoseOfAllLogitsAtOnce() {
    float[] expected = direct(states, table, targets).toFloatArray();
    assertArrayEquals(expected, inChunks(states, table, targets).toFloatArray(), 1e-4f);
  }

  @Test
  void gradientOfTheMean() {
    assertSameGradients(NDArray::mean, true, true);
  }

  @Test
  void gradientOfWeightedRowsIsCorrectedWhereTheyDiffer() {
    NDArray weights = rowWeights();
    assertSameGradients(losses -> losses.mul(weights).sum(), true, true);
  }

  @Test
  void gradientOfANonLinearFunctionOfTheLosses() {
    assertSameGradients(losses -> losses.neg().exp().sum(), true, true);
  }

  @Test
  void gradientOfOneInputOnly() {
    assertSameGradients(NDArray::mean, true, false);
    assertSameGradients(NDArray::mean, false, true);
  }

  @Test
  void gradientsOfTwoLossesAddUp() {
    Loss twice = (a, b, t) -> inChunks(a, b, t).add(Ops.scale(inChunks(a, b, t), 2));
    float[][] expected = gradients(HeadLossTest::direct, l -> Ops.scale(l.sum(), 3), true, true);
    float[][] actual = gradients(twice, NDArray::sum, true, true);
    assertClose(expected, actual);
  }

  @Test
  void anotherLossKeepsItsGradientForItsOwnBackwardPass() {
    float[][] sums = new float[2][];
    Torch.withGradients(
        true,
        () -> {
          NDArray a = states.duplicate();
          a.setRequiresGradient(true);
          NDArray one = inChunks(a, table, targets).sum();
          NDArray two = Ops.scale(inChunks(a, table, targets).sum(), 2);
          Torch.backward(one);
          sums[0] = a.getGradient().duplicate().toFloatArray();
          Torch.backward(two);
          sums[1] = a.getGradient().toFloatArray();
        });
    for (int i = 0; i < sums[0].length; i++) {
      assertEquals(3 * sums[0][i], sums[1][i], 1e-4);
    }
  }

  /** A product keeps its factors for its gradient, and frees them when it has been gone through. */
  @Test
  void aPenaltyMayShareTheGraphBehindTheStates() {
    Loss sharing =
        (a, b, t) -> {
          NDArray shared = a.mul(a);
          return inChunks(shared, b, t).add(shared.sum());
        };
    Loss apart = (a, b, t) -> direct(a.mul(a), b, t).add(a.mul(a).sum());
    assertClose(
        gradients(apart, NDArray::mean, true, true), gradients(sharing, NDArray::mean, true, true));
  }

  @Test
  void twoLossesMayShareTheGraphBehindTheStates() {
    Loss sharing =
        (a, b, t) -> {
          NDArray shared = a.mul(a);
          return inChunks(shared, b, t).add(Ops.scale(inChunks(shared, b, t), 2));
        };
    Loss thrice = (a, b, t) -> Ops.scale(direct(a.mul(a), b, t), 3);
    assertClose(
        gradients(thrice, NDArray::mean, true, true),
        gradients(sharing, NDArray::mean, true, true));
  }

  @Test
  void nothingIsRecordedWithoutGradients() {
    NDArray leaf = states.duplicate();
    leaf.setRequiresGradient(true);
    Torch.withGradients(
        false, () -> assertEquals(false, inChunks(leaf, table, targets).hasGradient()));
  }
}
