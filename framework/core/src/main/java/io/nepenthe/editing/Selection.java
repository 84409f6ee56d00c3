package io.nepenthe.editing;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Chooses entries by score; equal scores are taken from the lowest index up. */
public final class Selection {
  private Selection() {}

  /** Returns floor(size * ratio) in 64-bit arithmetic: how many entries a ratio means. */
  public static int count(long size, double ratio) {
    return (int) Math.floor(size * ratio);
  }

  /** Returns the indices of the {@code count} largest scores, rising; NaN counts as smallest. */
  public static int[] largest(float[] scores, int count) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(i -> -ordered(scores[i]))
                .thenComparingInt(Integer::intValue))
        .limit(count)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  /** Returns the indices of the {@code count} smallest scores, rising; NaN counts as largest. */
  public static int[] smallest(float[] scores, int count) {
    float[] negated = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      negated[i] = -scores[i];
    }
    return largest(negated, count);
  }

  private static double ordered(float score) {
    return Float.isNaN(score) ? Double.NEGATIVE_INFINITY : score;
  }
}
