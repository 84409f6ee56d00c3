package io.nepenthe.editing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nepenthe.protocol.RandomStreams;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.Torch;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final long TWO_31 = 1L << 31;
  private static final long TWO_32 = 1L << 32;

  private final NDManager manager = Torch.newManager(Device.cpu());

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void countsRoundDown() {
    assertEquals(0, Selection.count(65_536, 1e-5));
    assertEquals(655, Selection.count(65_536, 0.01));
    assertEquals(52_428, Selection.count(65_536, 0.8));
  }

  /** All MLP entries of a model as large as Pythia 6.9B: 32 layers of width 4096. */
  @Test
  void countsMoreThanAnIntHolds() {
    long entries = 32L * (2 * 4096 * 16384 + 16384 + 4096);
    assertEquals(4_295_622_656L, entries);
    assertEquals(3_436_498_124L, Selection.count(entries, 0.8));
  }

  @Test
  void takesEqualScoresFromTheLowestIndexUp() {
    assertLargest(new int[] {1, 2, 4}, new float[] {0, 5, 1, 1, 5, 1}, 3);
  }

  @Test
  void treatsBothZerosAlikeAndNaNAsSmallest() {
    assertLargest(new int[] {0, 1}, new float[] {-0f, 0, -0f, 0}, 2);
    float[] scores = {Float.NaN, Float.NEGATIVE_INFINITY, -1, Float.POSITIVE_INFINITY};
    assertLargest(new int[] {3}, scores, 1);
    assertLargest(new int[] {2, 3}, scores, 2);
    assertLargest(new int[] {1, 2, 3}, scores, 3);
    assertLargest(new int[] {0, 1, 2, 3}, scores, 4);
  }

  @Test
  void aKeyOrdersAsItsScoreAndLeadsBackToIt() {
    float[] rising = {
      Float.NaN, Float.NEGATIVE_INFINITY, -2, -1e-40f, 0, 1e-40f, 2, Float.POSITIVE_INFINITY
    };
    for (int i = 0; i < rising.length; i++) {
      int key = Selection.key(rising[i]);
      assertEquals(rising[i], Selection.score(key));
      assertTrue(i == 0 || Integer.compareUnsigned(Selection.key(rising[i - 1]), key) < 0);
    }
    assertEquals(Selection.key(0f), Selection.key(-0f));
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
      int count = 1 + random.nextInt(scores.length);
      assertLargest(sorted(scores, count, -1), scores, count);
    }
  }

  /** Looks at a few scores in Java, and as an array, counted in Java and on its device. */
  private void assertLargest(int[] expected, float[] scores, int count) {
    assertArrayEquals(expected, Selection.largest(scores, count));
    NDArray array = Torch.floats(manager, scores, scores.length);
    NDArray chosen = Selection.largest(array, count);
    assertArrayEquals(
        expected, IntStream.range(0, scores.length).filter(i -> chosen.getBoolean(i)).toArray());
    assertEquals(
        Selection.cut(List.of(Selection.stretch(array)), count),
        Selection.cut(List.of(new Selection.OnDevice(array)), count));
  }

  /** Scores that no memory holds: long runs of one value, and a few real ones between. */
  @Test
  void findsTheEndOfTheLargestBeyondTwoToThe32() {
    NDArray few = Torch.floats(manager, new float[] {3, 1, 2, 1, -4}, 5);
    List<Selection.Stretch> stretches =
        List.of(
            run(1, TWO_31),
            new Selection.OnDevice(few),
            run(2, TWO_32 + 7),
            run(-1, TWO_32),
            run(1, 9));

    assertCut(3, 1, 0, stretches, 1);
    assertCut(2, 1, TWO_32 + 7, stretches, 2);
    assertCut(2, TWO_31, TWO_31 + 8, stretches, TWO_31 + 1);
    assertCut(2, TWO_32 + 8, 0, stretches, TWO_32 + 9); // all twos
    assertCut(1, 1, TWO_31 + 10, stretches, TWO_32 + 10);
    assertCut(1, TWO_31 + 1, 10, stretches, TWO_32 + TWO_31 + 10); // the first of the few, too
    assertCut(1, TWO_31 + 11, 0, stretches, TWO_32 + TWO_31 + 20);
    assertCut(-1, TWO_32 - 1, 1, stretches, 2 * TWO_32 + TWO_31 + 19);
    assertCut(-4, 1, 0, stretches, 2 * TWO_32 + TWO_31 + 21);
  }

  private static void assertCut(
      float score, long equal, long left, List<Selection.Stretch> stretches, long count) {
    Selection.Cut expected = new Selection.Cut(Selection.key(score), equal, left);
    assertEquals(expected, Selection.cut(stretches, count), "the " + count + " largest");
  }

  /** So many equal scores. */
  private static Selection.Stretch run(float score, long size) {
    int upperHalf = Selection.key(score) >>> 16;
    int lowerHalf = Selection.key(score) & 0xffff;
    return new Selection.Stretch() {
      @Override
      public void addUpperHalves(long[] counts) {
        counts[upperHalf] += size;
      }

      @Override
      public void addLowerHalves(int upper, long[] counts) {
        counts[lowerHalf] += upper == upperHalf ? size : 0;
      }
    };
  }

  /** What is left of 2^32 equal ones is more than any array has: all of its entries go. */
  @Test
  void marksEntriesByMoreEqualOnesThanAnIntHolds() {
    NDArray scores = Torch.floats(manager, new float[] {1, 0, 1}, 3);
    boolean[] marked = Entries.isAtLeast(scores, Selection.key(1), TWO_32 + 1).toBooleanArray();
    assertArrayEquals(new boolean[] {true, false, true}, marked);
    assertEquals(2, Entries.countKey(scores, Selection.key(1)));
  }

  @Test
  void maskedEntriesAreThoseOfSmallestAbsoluteValue() {
    RandomGenerator random = new RandomStreams(0).stream("masks");
    for (int round = 0; round < 20; round++) {
      float[] scores = new float[60];
      float[] sizes = new float[60];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = random.nextInt(9) - 4; // many ties
        sizes[i] = Math.abs(scores[i]);
      }
      int drop = 1 + random.nextInt(scores.length);
      boolean[] expected = new boolean[60];
      for (int i : sorted(sizes, drop, 1)) {
        expected[i] = true;
      }
      NDArray entries = Torch.floats(manager, scores, 6, 10);
      NDArray dropped = Selection.cutSmallest(entries, drop).chosen(Selection.smallness(entries));
      assertArrayEquals(expected, dropped.toBooleanArray());
      assertArrayEquals(scores, entries.toFloatArray());
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
