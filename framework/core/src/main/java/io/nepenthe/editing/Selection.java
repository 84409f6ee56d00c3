package io.nepenthe.editing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nepenthe.tensor.Entries;
import io.nepenthe.tensor.Pieces;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses entries by score: the largest, equal ones from the lowest index up; NaN counts as
 * smallest, -0 equals 0.
 *
 * <p>The scores may be more than a Java array or an int can count, in several stretches, on a
 * device. Every score has a 32-bit key that orders as it does; where the chosen ones end is found
 * by counting, first how many keys have which upper half, then, of those with the right one, which
 * lower half. So every stretch is read three times, and what is kept of all are 65536 counts.
 */
public final class Selection {
  private static final int HALF_VALUES = 1 << Short.SIZE;

  private Selection() {}

  /** Consecutive scores, of which only counts are asked. */
  interface Stretch {
    /** Adds how many keys have each upper half, (65536). */
    void addUpperHalves(long[] counts);

    /** Adds how many keys with such an upper half have each lower half, (65536). */
    void addLowerHalves(int upper, long[] counts);
  }

  /**
   * Where the chosen scores end.
   *
   * @param key all larger keys are chosen, compared without sign
   * @param equal how many scores of this very key are, from the first on
   * @param left how many of this key are not
   */
  record Cut(int key, long equal, long left) {
    /** Returns where an array's scores are chosen, as booleans of its shape. */
    NDArray chosen(NDArray scores) {
      return left == 0 && key != Selection.key(Float.NaN)
          ? Entries.isAtLeast(scores, score(key)) // as good as always, and faster
          : Entries.isAtLeast(scores, key, equal);
    }

    /** Returns where the chosen ones end in what follows an array. */
    Cut after(NDArray scores) {
      return left == 0 ? this : new Cut(key, equal - Entries.countKey(scores, key), left);
    }
  }

  /** Returns floor(size * ratio): how many entries a ratio means. */
  public static long count(long size, double ratio) {
    return (long) Math.floor(size * ratio);
  }

  /**
   * Returns where the largest scores end.
   *
   * @param stretches parts of one sequence, in order
   * @param count how many are chosen, from 1 to all
   */
  static Cut cut(List<? extends Stretch> stretches, long count) {
    long[] counts = new long[HALF_VALUES];
    stretches.forEach(stretch -> stretch.addUpperHalves(counts));
    int upper = HALF_VALUES - 1;
    long left = count;
    while (left > counts[upper]) {
      left -= counts[upper--];
    }
    int upperHalf = upper;
    Arrays.fill(counts, 0);
    stretches.forEach(stretch -> stretch.addLowerHalves(upperHalf, counts));
    int lower = HALF_VALUES - 1;
    while (left > counts[lower]) {
      left -= counts[lower--];
    }
    return new Cut(upper << Short.SIZE | lower, left, counts[lower] - left);
  }

  /**
   * Returns where the smallest sizes of an array's entries end, as a cut of {@link #smallness}.
   *
   * @param count from 1 to all
   */
  static Cut cutSmallest(NDArray entries, long count) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return cut(List.of(stretch(smallness(entries))), count);
    }
  }

  /**
   * Returns where the {@code count} smallest sizes of an array's entries are, as booleans of its
   * shape.
   *
   * @param count from 1 to all
   */
  public static NDArray smallest(NDArray entries, long count) {
    return largest(smallness(entries), count);
  }

  /** Returns scores that are the larger, the smaller an entry's absolute value is. */
  static NDArray smallness(NDArray entries) {
    return entries.abs().negi();
  }

  /**
   * Returns where the {@code count} largest of an array's scores are, as booleans of its shape.
   *
   * @param count from 1 to all
   */
  public static NDArray largest(NDArray scores, long count) {
    return cut(List.of(stretch(scores)), count).chosen(scores);
  }

  /** Returns the scores of an array as a stretch; what a CPU holds, Java counts faster. */
  static Stretch stretch(NDArray scores) {
    return scores.getDevice().isGpu() ? new OnDevice(scores) : new InPieces(scores);
  }

  /** Scores that are counted where they are. */
  record OnDevice(NDArray scores) implements Stretch {
    @Override
    public void addUpperHalves(long[] counts) {
      add(counts, Entries.countUpperHalves(scores));
    }

    @Override
    public void addLowerHalves(int upper, long[] counts) {
      add(counts, Entries.countLowerHalves(scores, upper));
    }

    private static void add(long[] sums, long[] counts) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += counts[i];
      }
    }
  }

  /** Scores that come to Java a piece at a time. */
  private record InPieces(NDArray scores) implements Stretch {
    @Override
    public void addUpperHalves(long[] counts) {
      Pieces.read(scores, (from, values) -> new InJava(values).addUpperHalves(counts));
    }

    @Override
    public void addLowerHalves(int upper, long[] counts) {
      Pieces.read(scores, (from, values) -> new InJava(values).addLowerHalves(upper, counts));
    }
  }

  /** Scores in Java. */
  private static final class InJava implements Stretch {
    private final float[] scores;

    InJava(float[] scores) {
      this.scores = scores;
    }

    @Override
    public void addUpperHalves(long[] counts) {
      for (float score : scores) {
        counts[key(score) >>> Short.SIZE]++;
      }
    }

    @Override
    public void addLowerHalves(int upper, long[] counts) {
      for (float score : scores) {
        int key = key(score);
        if (key >>> Short.SIZE == upper) {
          counts[key & (HALF_VALUES - 1)]++;
        }
      }
    }
  }

  /** Returns the indices of the {@code count} largest of a few scores, rising. */
  public static int[] largest(float[] scores, int count) {
    int[] chosen = new int[Math.max(0, Math.min(count, scores.length))];
    if (chosen.length == 0) {
      return chosen;
    }
    Cut cut = cut(List.of(new InJava(scores)), chosen.length);
    long equalLeft = cut.equal;
    int next = 0;
    for (int i = 0; next < chosen.length; i++) {
      int order = Integer.compareUnsigned(key(scores[i]), cut.key);
      if (order > 0 || (order == 0 && equalLeft-- > 0)) {
        chosen[next++] = i;
      }
    }
    return chosen;
  }

  /** Returns a number that orders, without sign, as the score does. */
  static int key(float score) {
    if (Float.isNaN(score)) {
      return 0;
    }
    int bits = Float.floatToIntBits(score + 0.0f); // -0 + 0 = 0
    return bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE;
  }

  /** Returns the score of a key, 0 for both zeros. */
  static float score(int key) {
    return Float.intBitsToFloat(key < 0 ? key ^ Integer.MIN_VALUE : ~key);
  }
}
