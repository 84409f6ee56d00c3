package io.nepenthe.wording;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Numbers in sentences, the same in every country; and words of others, fit to be printed. */
public final class Words {
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private static final int LONGEST_LINE = 1000;
  private static final String DIRECTIONS = "\u061c\u200e\u200f";

  private Words() {}

  /** Returns a number with up to six digits that count. */
  public static String number(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }

  /** Returns a constant's kebab-case name, as files have it. */
  public static String id(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the notes that are not empty, one after the other. */
  public static String joined(String... notes) {
    return Stream.of(notes).filter(note -> !note.isEmpty()).collect(Collectors.joining("; "));
  }

  /**
   * Returns the first line of foreign words, fit for a terminal: control characters and those that
   * turn the direction of writing are "?", and what is too long is cut.
   */
  public static String line(@Nullable String words) {
    String line = words == null ? "" : words.lines().findFirst().orElse("");
    String printable = printable(line);
    return printable.length() <= LONGEST_LINE
        ? printable
        : printable.substring(0, LONGEST_LINE) + " ...";
  }

  /** Returns words in which characters that would command a terminal are "?"; lines stay. */
  public static String printable(String words) {
    StringBuilder printable = new StringBuilder(words.length());
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      boolean isLineEnd = c != '\r' || (i + 1 < words.length() && words.charAt(i + 1) == '\n');
      printable.append(isPrintable(c) && isLineEnd ? c : '?');
    }
    return printable.toString();
  }

  /**
   * Returns false for control characters other than line ends and tabs, for separators of lines
   * that are no line ends, and for those that turn the direction of writing.
   */
  public static boolean isPrintable(char c) {
    return c == '\n'
        || c == '\r'
        || c == '\t'
        || !(Character.isISOControl(c)
            || (c >= 0x2028 && c <= 0x202e)
            || (c >= 0x2066 && c <= 0x2069)
            || DIRECTIONS.indexOf(c) >= 0);
  }

  /** Returns "1 trial" or "2 trials". */
  public static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
