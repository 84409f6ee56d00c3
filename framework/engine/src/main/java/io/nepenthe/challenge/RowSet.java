package io.nepenthe.challenge;

import io.nepenthe.data.Sequences;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Rows by their content: whether others are equal to one of them. */
final class RowSet {
  private final Set<List<Integer>> contents = new HashSet<>();

  RowSet(Sequences rows) {
    for (int row = 0; row < rows.rows(); row++) {
      contents.add(content(rows, row));
    }
  }

  private static List<Integer> content(Sequences rows, int row) {
    return Arrays.stream(rows.row(row)).boxed().toList();
  }

  /** Returns the indices of rows that are equal to one of these, or of those that are not. */
  int[] among(Sequences rows, boolean equal) {
    return IntStream.range(0, rows.rows())
        .filter(row -> contents.contains(content(rows, row)) == equal)
        .toArray();
  }
}
