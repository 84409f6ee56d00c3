package io.nepenthe.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.nepenthe.protocol.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Predictions part by part must be what all logits at once give. */
final class VocabularyHeadTest {
  private static final int WIDTH = 6;
  private static final int VOCABULARY = 70_000; // with 150 states, three parts
  private static final int LOW = 3; // in the first part
  private static final int HIGH = 69_000; // in the last

  private final RandomGenerator random = new RandomStreams(3).stream("test");
  private final NDManager manager = Torch.newManager(Device.cpu());

  @AfterEach
  void free() {
    manager.close();
  }

  private NDArray values(int rows) {
    float[] values = new float[rows * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Torch.floats(manager, values, rows, WIDTH);
  }

  private NDArray targets(int count, int vocabulary) {
    long[] targets = new long[count];
    Arrays.setAll(targets, i -> i * 7919L % vocabulary);
    return Torch.longs(manager, targets, count);
  }

  private void assertPredicts(
      NDArray states, NDArray table, int banned, FloatType type, double tolerance) {
    int count = Math.toIntExact(states.getShape().get(0));
    NDArray targets = targets(count, Math.toIntExact(table.getShape().get(0)));
    Torch.withGradients(
        false,
        () -> {
          NDArray logits = VocabularyHead.logits(states, table, type);
          float[] losses = Ops.crossEntropy(logits, targets).toFloatArray();
          if (banned >= 0) {
            logits.set(new NDIndex(":, " + banned), Float.NEGATIVE_INFINITY);
          }
          float[] best = logits.max(new int[] {1}).toFloatArray();
          Predictions found = VocabularyHead.predictions(states, table, targets, banned, type);
          for (int i = 0; i < count; i++) {
            assertEquals(losses[i], found.loss(i), tolerance);
            assertEquals(best[i], logits.getFloat(i, found.likeliest(i)), tolerance);
          }
        });
  }

  /** Of a small vocabulary, few rows, rows in three parts, and more rows than are gone through. */
  @ParameterizedTest
  @CsvSource({"5, 900", "2, 70000", "20, 70000", "150, 70000", "4100, 1100"})
  void areThoseOfAllLogitsAtOnce(int states, int vocabulary) {
    assertPredicts(values(states), values(vocabulary), -1, FloatType.FLOAT32, 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT16, FLOAT32", "BFLOAT16, FLOAT32", "FLOAT32, BFLOAT16", "BFLOAT16, BFLOAT16"})
  void areThoseOfAnyType(FloatType stored, FloatType computed) {
    NDArray table = FloatArrays.converted(values(VOCABULARY), stored);
    assertPredicts(values(150), table, -1, computed, 1e-4);
  }

  /** All states think one token likeliest, and others next. */
  @ParameterizedTest
  @CsvSource({"" + LOW, "" + HIGH})
  void aBannedTokenIsNeverLikeliestAndStillLikely(int banned) {
    NDArray states = values(150).abs();
    NDArray table = values(VOCABULARY);
    Pieces.fill(table.get(String.valueOf(banned)), () -> 9);
    assertEquals(banned, likeliest(states, table, -1));
    assertPredicts(states, table, banned, FloatType.FLOAT32, 1e-5);
  }

  @Test
  void ofEquallyLikelyTokensTheLowestCounts() {
    NDArray states = values(150).abs();
    NDArray table = values(VOCABULARY);
    for (int id : new int[] {HIGH, LOW, 40_000}) {
      Pieces.fill(table.get(String.valueOf(id)), () -> 9);
    }
    assertEquals(LOW, likeliest(states, table, -1));
    assertEquals(40_000, likeliest(states, table, LOW));
  }

  private int likeliest(NDArray states, NDArray table, int banned) {
    NDArray targets = targets(150, VOCABULARY);
    int[] found = new int[1];
    Torch.withGradients(
        false,
        () ->
            found[0] =
                VocabularyHead.predictions(states, table, targets, banned, FloatType.FLOAT32)
                    .likeliest(149));
    return found[0];
  }

  @Test
  void theLikeliestOfADamagedModelIsItsFirstThatIsNoNumber() {
    NDArray table = values(VOCABULARY);
    Pieces.fill(table.get(String.valueOf(HIGH - 1)), () -> Float.NaN);
    assertEquals(HIGH - 1, likeliest(values(150), table, -1));
  }
}
