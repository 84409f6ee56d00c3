package io.nepenthe.data;

/**
 * Takes the numbers off rows that have them, as MemPi's are handed on: a header, then lines like
 * {@code 0,4395 15 187}.
 */
public final class NumberedRows {
  private static final String HEADER = "index,token_ids";

  private long row;

  /** Returns true if a first line says that the others are numbered. */
  public static boolean isHeader(String line) {
    return IdLine.withoutEnds(line).equals(HEADER);
  }

  /**
   * Returns what follows the number of the next row.
   *
   * @throws IllegalArgumentException if it has another, in words that follow "the line"
   */
  public String withoutNumber(String line) {
    String stripped = IdLine.withoutEnds(line);
    String number = row++ + ",";
    if (!stripped.startsWith(number)) {
      throw new IllegalArgumentException(
          "does not begin with '" + number + "', its row's number by the header '" + HEADER + "'");
    }
    return stripped.substring(number.length());
  }
}
