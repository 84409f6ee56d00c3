package io.nepenthe.report.text;

import java.util.regex.Pattern;

/** Makes any text harmless in the language it is put into. */
public final class Escape {
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

  private Escape() {}

  /** Returns the text with control characters, line breaks included, turned into spaces. */
  public static String line(String text) {
    return BREAKS.matcher(text).replaceAll(" ").strip();
  }

  /** Returns text for a cell or paragraph of GitHub's Markdown. */
  public static String markdown(String text) {
    return line(text)
        .replaceAll("([\\\\`*_\\[\\]|~#$!])", "\\\\$1")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  /** Returns text for a field of CSV: in front of what a spreadsheet would compute stands a '. */
  static String formula(String text) {
    String field = line(text);
    return !field.isEmpty() && "=+-@".indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
  }
}
