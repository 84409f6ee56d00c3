package io.nepenthe.metric;

import java.util.stream.IntStream;

/** Levenshtein's distance between rows of tokens. */
public final class EditDistance {
  private EditDistance() {}

  /** Returns the least number of insertions, deletions and replacements that turn one to other. */
  public static int between(int[] one, int[] other) {
    int[] above = IntStream.rangeClosed(0, other.length).toArray();
    for (int i = 1; i <= one.length; i++) {
      int[] row = new int[other.length + 1];
      row[0] = i;
      for (int j = 1; j <= other.length; j++) {
        int replaced = above[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[other.length];
  }

  /** Returns 1 - d / K, d the distance from a row of K tokens. */
  public static double similarity(int[] found, int[] row) {
    return 1 - (double) between(found, row) / row.length;
  }
}
