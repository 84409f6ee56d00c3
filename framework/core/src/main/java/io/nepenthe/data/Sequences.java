package io.nepenthe.data;

import io.nepenthe.protocol.ContentHash;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of token ids, all of one length. Immutable.
 *
 * <p>A selection is an index into rows that lie elsewhere, so that a row repeated a thousand times
 * costs a thousand integers, and rows of a corpus stay in its file.
 *
 * <p>As a file: one row a line, ids in decimal joined by a blank.
 */
public final class Sequences {
  private final int length;
  private final int[] index;
  private final Tokens tokens;

  /** Where the ids lie. */
  @FunctionalInterface
  public interface Tokens {
    /** Returns the id at a position of a row. */
    int at(int row, int position);
  }

  private Sequences(int length, int[] index, Tokens tokens) {
    this.length = length;
    this.index = index;
    this.tokens = tokens;
  }

  /**
   * Returns rows whose ids lie elsewhere; they must never change.
   *
   * @param length tokens of every row
   */
  public static Sequences of(int length, int rows, Tokens tokens) {
    return new Sequences(length, IntStream.range(0, rows).toArray(), tokens);
  }

  /** Returns the given rows; all must have {@code length} tokens, none negative. */
  public static Sequences of(int length, List<int[]> rows) {
    int[] tokens = new int[rows.size() * length];
    for (int r = 0; r < rows.size(); r++) {
      int[] row = rows.get(r);
      if (row.length != length) {
        throw new IllegalArgumentException(
            "row " + r + " has " + row.length + " tokens, must have " + length);
      }
      System.arraycopy(row, 0, tokens, r * length, length);
    }
    return of(length, rows.size(), (row, position) -> tokens[row * length + position]);
  }

  /** Returns no rows, of the given length. */
  public static Sequences empty(int length) {
    return of(length, List.of());
  }

  /** Returns the number of rows. */
  public int rows() {
    return length == 0 ? 0 : index.length;
  }

  /** Returns the number of tokens of every row. */
  public int length() {
    return length;
  }

  /** Returns true if there are no rows. */
  public boolean isEmpty() {
    return rows() == 0;
  }

  /** Returns one token. */
  public int token(int row, int position) {
    return tokens.at(index[row], position);
  }

  /** Returns a copy of one row. */
  public int[] row(int row) {
    int[] copy = new int[length];
    for (int p = 0; p < length; p++) {
      copy[p] = token(row, p);
    }
    return copy;
  }

  /** Returns the rows at the given indices, in that order. */
  public Sequences select(int... rows) {
    int[] selected = new int[rows.length];
    for (int r = 0; r < rows.length; r++) {
      selected[r] = index[rows[r]];
    }
    return new Sequences(length, selected, tokens);
  }

  /** Returns rows from (inclusive) to (exclusive). */
  public Sequences slice(int from, int to) {
    return new Sequences(length, Arrays.copyOfRange(index, from, to), tokens);
  }

  /** Returns the first {@code width} tokens of every row. */
  public Sequences leadingColumns(int width) {
    return width == length ? this : new Sequences(width, index, tokens);
  }

  /** Returns these rows, then the others; lengths must agree. */
  public Sequences concat(Sequences others) {
    if (others.length != length) {
      throw new IllegalArgumentException(
          "rows of " + others.length + " tokens do not follow rows of " + length);
    }
    if (isEmpty() || others.isEmpty()) {
      return isEmpty() ? others : this;
    }
    int own = rows();
    return of(
        length,
        own + others.rows(),
        (row, position) -> row < own ? token(row, position) : others.token(row - own, position));
  }

  /** Returns the largest token id, -1 without rows. */
  public int largestToken() {
    int largest = -1;
    for (int r = 0; r < rows(); r++) {
      for (int p = 0; p < length; p++) {
        largest = Math.max(largest, token(r, p));
      }
    }
    return largest;
  }

  /** Returns how many leading columns hold any token other than {@code padding}. */
  public int lengthWithout(int padding) {
    int used = 0;
    for (int r = 0; r < rows() && used < length; r++) {
      for (int p = length - 1; p >= used; p--) {
        if (token(r, p) != padding) {
          used = p + 1;
        }
      }
    }
    return used;
  }

  /**
   * Writes columns [from, to) of the given rows into a new array, row after row.
   *
   * @return rows.length * (to - from) ids
   */
  public long[] copy(int[] rows, int from, int to) {
    int width = to - from;
    long[] copy = new long[rows.length * width];
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < width; c++) {
        copy[r * width + c] = token(rows[r], from + c);
      }
    }
    return copy;
  }

  /** Returns the row indices 0 .. rows-1. */
  public int[] indices() {
    return IntStream.range(0, rows()).toArray();
  }

  /** Returns a hash of shape and content. */
  public String hash() {
    MessageDigest digest = ContentHash.sha256();
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
    ByteBuffer bytes = ByteBuffer.allocate(length * Integer.BYTES);
    for (int r = 0; r < rows(); r++) {
      bytes.clear().asIntBuffer().put(row(r));
      digest.update(bytes); // whole: the view has a position of its own
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Writes one line per row. */
  public void writeCsv(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int r = 0; r < rows(); r++) {
        out.write(
            Arrays.stream(row(r)).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
        out.write('\n');
      }
    }
  }

  /**
   * Reads a file of rows, ids separated by commas or blanks; every mistake names file, line and
   * rule. A header of numbers and a column of row numbers, where commas or tabs separate, are
   * mistakes too.
   */
  public static Sequences readCsv(Path file) {
    return SequencesFile.read(file);
  }

  /** Returns the line of a row of a file that was read, blank lines counted; both from 0. */
  public static int csvLine(Path file, int row) {
    return SequencesFile.line(file, row);
  }

  /** Returns why these may be no rows of ids, but a table that was written with what heads it. */
  public Optional<String> doubt() {
    CountedTable table = new CountedTable();
    IntStream.range(0, rows()).mapToObj(this::row).forEach(table::add);
    return table.doubt();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sequences that
        && length == that.length
        && rows() == that.rows()
        && IntStream.range(0, rows()).allMatch(r -> Arrays.equals(row(r), that.row(r)));
  }

  @Override
  public int hashCode() {
    int hash = length;
    for (int r = 0; r < rows(); r++) {
      hash = 31 * hash + Arrays.hashCode(row(r));
    }
    return hash;
  }

  @Override
  public String toString() {
    return rows() + " rows of " + length + " tokens";
  }
}
