package io.nepenthe.data;

import java.util.Locale;
import java.util.regex.Pattern;

/** A line of token ids, joined by commas or blanks. */
public final class IdLine {
  private static final Pattern BETWEEN_IDS = Pattern.compile("\\s*,\\s*|\\s+");
  private static final String BLANKS = " \t\u000b\f\r\n";
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

  private IdLine() {}

  /** Whether a line is empty but for the blanks that may be between ids: no control characters. */
  public static boolean isBlank(String line) {
    return withoutEnds(line).isEmpty();
  }

  /** Whether commas or tabs separate the ids, as in a table. */
  public static boolean isTable(String line) {
    return withoutEnds(line).matches(".*[,\\t].*");
  }

  /**
   * Returns the ids of a line that is not blank.
   *
   * @throws IllegalArgumentException if it holds anything else, in words that follow "the line"
   */
  public static int[] parse(String line) {
    String[] words = BETWEEN_IDS.split(withoutEnds(line), -1);
    int[] ids = new int[words.length];
    for (int i = 0; i < words.length; i++) {
      ids[i] = id(words[i]);
    }
    return ids;
  }

  static String withoutEnds(String line) {
    int end = line.length();
    while (end > 0 && BLANKS.indexOf(line.charAt(end - 1)) >= 0) {
      end--;
    }
    int start = 0;
    while (start < end && BLANKS.indexOf(line.charAt(start)) >= 0) {
      start++;
    }
    return line.substring(start, end);
  }

  private static int id(String word) {
    if (word.isEmpty()) {
      throw bad("holds '', which is no token id; a header and row numbers are none");
    }
    if (word.indexOf('\0') >= 0) {
      throw bad("holds NUL characters; save the file as text in UTF-8");
    }
    if (!NUMBER.matcher(word).matches()) {
      throw bad("holds '" + visible(word) + "', which is no token id");
    }
    if (word.startsWith("-")) {
      throw bad("holds the id " + word + ", must be at least 0");
    }
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw bad("holds '" + word + "', which is no token id, as it is too large");
    }
  }

  /** Returns a word with the code of each character that a terminal may hide. */
  private static String visible(String word) {
    StringBuilder visible = new StringBuilder();
    word.codePoints()
        .forEach(
            c -> {
              if ((c >= ' ' && c < 0x7f) || Character.isLetterOrDigit(c)) {
                visible.appendCodePoint(c);
              } else {
                visible.append(String.format(Locale.ROOT, "<U+%04X>", c));
              }
            });
    return visible.toString();
  }

  private static IllegalArgumentException bad(String what) {
    return new IllegalArgumentException(what);
  }
}
