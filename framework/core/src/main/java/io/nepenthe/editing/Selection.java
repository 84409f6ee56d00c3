package io.nepenthe.editing;

/**
 * Chooses entries by score; equal scores are taken from the lowest index up. Time grows linearly
 * with the number of scores.
 */
public final class Selection {
  private static final int HALF_BITS = 16;
  private static final int HALF_VALUES = 1 << HALF_BITS;

  private Selection() {}

  /** Returns floor(size * ratio) in 64-bit arithmetic: how many entries a ratio means. */
  public static int count(long size, double ratio) {
    return (int) Math.floor(size * ratio);
  }

  /** Returns the absolute value of every score. */
  public static float[] absolute(float[] scores) {
    float[] absolute = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      absolute[i] = Math.abs(scores[i]);
    }
    return absolute;
  }

  /** Returns the indices of the {@code count} largest scores, rising; NaN counts as smallest. */
  public static int[] largest(float[] scores, int count) {
    int[] chosen = new int[Math.max(0, Math.min(count, scores.length))];
    if (chosen.length == 0) {
      return chosen;
    }
    int threshold = kthLargestKey(scores, chosen.length);
    int above = 0;
    for (float score : scores) {
      above += key(score) > threshold ? 1 : 0;
    }
    int equalLeft = chosen.length - above;
    int next = 0;
    for (int i = 0; next < chosen.length; i++) {
      int key = key(scores[i]);
      if (key > threshold || (key == threshold && equalLeft-- > 0)) {
        chosen[next++] = i;
      }
    }
    return chosen;
  }

  /** Returns the indices of the {@code count} smallest scores, rising; NaN counts as largest. */
  public static int[] smallest(float[] scores, int count) {
    float[] negated = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      negated[i] = -scores[i];
    }
    return largest(negated, count);
  }

  /** Returns the k-th largest key, k from 1: first its upper half by counting, then its lower. */
  private static int kthLargestKey(float[] scores, int k) {
    int[] counts = new int[HALF_VALUES];
    for (float score : scores) {
      counts[(key(score) >> HALF_BITS) + HALF_VALUES / 2]++;
    }
    int upper = HALF_VALUES - 1;
    int left = k;
    while (left > counts[upper]) {
      left -= counts[upper--];
    }
    int[] lowerCounts = new int[HALF_VALUES];
    int upperKey = upper - HALF_VALUES / 2;
    for (float score : scores) {
      int key = key(score);
      if (key >> HALF_BITS == upperKey) {
        lowerCounts[key & (HALF_VALUES - 1)]++;
      }
    }
    int lower = HALF_VALUES - 1;
    while (left > lowerCounts[lower]) {
      left -= lowerCounts[lower--];
    }
    return upperKey << HALF_BITS | lower;
  }

  /** Returns an integer that orders as the score does; -0 equals 0, NaN is smallest. */
  private static int key(float score) {
    if (Float.isNaN(score)) {
      return Integer.MIN_VALUE;
    }
    int bits = Float.floatToIntBits(score + 0.0f); // -0 + 0 = 0
    return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
  }
}
