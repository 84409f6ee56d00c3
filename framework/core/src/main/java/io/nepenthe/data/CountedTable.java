package io.nepenthe.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tells rows of ids from a table that was written with its header, or with a column that counts the
 * rows; shown one row after the other.
 */
public final class CountedTable {
  /** Fewer in order may well be so by chance. */
  private static final int LEAST_COUNTED = 3;

  private long rows;
  private int header;
  private boolean countsFromZero = true;
  private boolean countsFromOne = true;

  /** Adds the next row. */
  public void add(int[] row) {
    if (rows == 0 && row.length >= LEAST_COUNTED && isCount(row)) {
      header = row.length;
    }
    countsFromZero &= row.length > 1 && row[0] == rows;
    countsFromOne &= row.length > 1 && row[0] == rows + 1;
    rows++;
  }

  private static boolean isCount(int[] row) {
    return Arrays.equals(row, IntStream.range(0, row.length).toArray());
  }

  /** Returns why the rows so far may be no rows of ids, in words that follow "the file". */
  public Optional<String> doubt() {
    if (header > 0) {
      return Optional.of(
          "begins with a row that counts 0 to " + (header - 1) + ", as a header does");
    }
    return rows >= LEAST_COUNTED && (countsFromZero || countsFromOne)
        ? Optional.of("has rows whose first ids count the rows, as a column of indices does")
        : Optional.empty();
  }
}
