package io.nepenthe.editing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Ops;
import io.nepenthe.tensor.Torch;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {
  @Test
  void countsRoundDown() {
    assertEquals(0, Selection.count(65_536, 1e-5));
    assertEquals(655, Selection.count(65_536, 0.01));
    assertEquals(52_428, Selection.count(65_536, 0.8));
  }

  @Test
  void takesEqualScoresFromTheLowestIndexUp() {
    assertArrayEquals(new int[] {1, 2, 4}, Selection.largest(new float[] {0, 5, 1, 1, 5, 1}, 3));
    assertArrayEquals(new int[] {0, 2}, Selection.smallest(new float[] {0, 5, 1, 1, 5, 1}, 2));
  }

  @Test
  void treatsBothZerosAlikeAndNaNAsSmallest() {
    assertArrayEquals(new int[] {0, 1}, Selection.largest(new float[] {-0f, 0, -0f, 0}, 2));
    float[] scores = {Float.NaN, Float.NEGATIVE_INFINITY, -1};
    assertArrayEquals(new int[] {1, 2}, Selection.largest(scores, 2));
    assertArrayEquals(new int[] {1, 2}, Selection.smallest(scores, 2));
  }

  @Test
  void takesNothingOrEverything() {
    assertArrayEquals(new int[0], Selection.largest(new float[] {1, 2}, 0));
    assertArrayEquals(new int[] {0, 1}, Selection.largest(new float[] {1, 2}, 3));
  }

  @Test
  void agreesWithSorting() {
    RandomGenerator random = new RandomStreams(0).stream("scores");
    for (int round = 0; round < 50; round++) {
      float[] scores = new float[1 + random.nextInt(300)];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = round % 2 == 0 ? random.nextInt(9) - 4 : (float) random.nextGaussian();
      }
      int count = random.nextInt(scores.length + 1);
      assertArrayEquals(sorted(scores, count, -1), Selection.largest(scores, count));
      assertArrayEquals(sorted(scores, count, 1), Selection.smallest(scores, count));
    }
  }

  @Test
  void maskedEntriesAreThoseOfSmallestAbsoluteValue() {
    RandomGenerator random = new RandomStreams(0).stream("masks");
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      for (int round = 0; round < 20; round++) {
        float[] scores = new float[60];
        float[] sizes = new float[60];
        for (int i = 0; i < scores.length; i++) {
          scores[i] = random.nextInt(9) - 4; // many ties
          sizes[i] = Math.abs(scores[i]);
        }
        int drop = 1 + random.nextInt(scores.length);
        float[] expected = new float[60];
        java.util.Arrays.fill(expected, 1);
        for (int i : sorted(sizes, drop, 1)) {
          expected[i] = 0;
        }
        float[] mask =
            Ops.keepLargestMask(Torch.floats(manager, scores, 6, 10), drop).toFloatArray();
        assertArrayEquals(expected, mask);
      }
    }
  }

  private static int[] sorted(float[] scores, int count, int direction) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> direction * scores[i] + 0.0))
        .limit(count)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }
}
