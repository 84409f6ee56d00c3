package io.nepenthe.task.math;

import java.util.Arrays;

/**
 * The 14 tokens of number sequences, one character each (DATA 1.2): digits 0-9, {@code ^} begin 10,
 * {@code $} end 11, blank 12, padding 13.
 */
public final class MathTokens {
  /** Number of ids. */
  public static final int VOCABULARY = 14;

  /** First token of every row. */
  public static final int BEGIN = 10;

  /** Token after the last number. */
  public static final int END = 11;

  /** Token between numbers. */
  public static final int BLANK = 12;

  /** Token that fills a row. */
  public static final int PADDING = 13;

  private MathTokens() {}

  /** Returns {@code ^n n n$}, padded to the length; fails if it does not fit. */
  public static int[] encode(long[] numbers, int length) {
    int[] row = new int[length];
    Arrays.fill(row, PADDING);
    int position = 0;
    row[position++] = BEGIN;
    for (int n = 0; n < numbers.length; n++) {
      String digits = Long.toString(numbers[n]);
      int needed = digits.length() + 1; // and the blank before it, or the end marker after the last
      if (position + needed > length) {
        throw new IllegalArgumentException(
            "data.length is "
                + length
                + ", too short for the sequence that starts with "
                + numbers[0]
                + "; raise data.length or lower data.numbers");
      }
      for (int d = 0; d < digits.length(); d++) {
        row[position++] = digits.charAt(d) - '0';
      }
      row[position++] = n + 1 < numbers.length ? BLANK : END;
    }
    return row;
  }

  /** Returns the numbers of an encoded row. */
  static long[] numbers(int[] row) {
    String text = decode(row);
    return Arrays.stream(text.substring(1, text.length() - 1).split(" ", -1))
        .mapToLong(Long::parseLong)
        .toArray();
  }

  /** Returns whether a token is a digit. */
  static boolean isDigit(int token) {
    return token < BEGIN;
  }

  /** Returns true if a row is long enough for numbers. */
  static boolean fits(long[] numbers, int length) {
    int needed = 1; // the marker of the beginning; each number is followed by a blank or the end
    for (long number : numbers) {
      needed += Long.toString(number).length() + 1;
    }
    return needed <= length;
  }

  /** Returns the row's text up to and including the end marker; padding is left out. */
  public static String decode(int[] row) {
    StringBuilder text = new StringBuilder();
    for (int token : row) {
      if (token != PADDING) {
        text.append("0123456789^$ ".charAt(token));
      }
    }
    return text.toString();
  }

  /**
   * Returns the first and one-past-last predictable target: from the first digit of the third
   * number to the end marker, both included. By then the numbers before determine what follows.
   */
  public static int[] predictable(int[] row) {
    int blanks = 0;
    int from = row.length;
    for (int p = 0; p < row.length; p++) {
      if (row[p] == BLANK && ++blanks == 2) {
        from = p + 1;
      }
      if (row[p] == END) {
        return new int[] {Math.min(from, p), p + 1};
      }
    }
    return new int[] {from, row.length};
  }
}
