package io.nepenthe.report.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Makes any text harmless in the language it is put into. */
public final class Escape {
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

  private Escape() {}

  /** Returns the text with control characters, line breaks included, turned into spaces. */
  public static String line(String text) {
    return BREAKS.matcher(text).replaceAll(" ").strip();
  }

  /** Returns text for HTML, within elements and quoted attributes. */
  public static String html(String text) {
    return line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Returns text for a cell or paragraph of GitHub's Markdown. */
  public static String markdown(String text) {
    return line(text)
        .replaceAll("([\\\\`*_\\[\\]|~#$!])", "\\\\$1")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  /** Returns text for LaTeX. */
  public static String latex(String text) {
    StringBuilder latex = new StringBuilder();
    line(text).codePoints().forEach(c -> latex.append(latex(c)));
    return latex.toString();
  }

  private static String latex(int codePoint) {
    return switch (codePoint) {
      case '\\' -> "\\textbackslash{}";
      case '&', '%', '$', '#', '_', '{', '}' -> "\\" + (char) codePoint;
      case '~' -> "\\textasciitilde{}";
      case '^' -> "\\textasciicircum{}";
      case '<' -> "\\textless{}";
      case '>' -> "\\textgreater{}";
      case '|' -> "\\textbar{}";
      case '"' -> "\\textquotedbl{}";
      case '–' -> "--";
      case '—' -> "---";
      case '∞' -> "$\\infty$";
      case '†' -> "\\textdagger{}";
      case '‡' -> "\\textdaggerdbl{}";
      case '×' -> "$\\times$";
      case '±' -> "$\\pm$";
      default -> Character.toString(codePoint);
    };
  }

  /**
   * Returns a text field of CSV, quoted where RFC 4180 asks for it. A field that a spreadsheet
   * would take for a formula gets an apostrophe in front.
   */
  public static String csv(String text) {
    String field = line(text);
    if (!field.isEmpty() && "=+-@".indexOf(field.charAt(0)) >= 0) {
      field = "'" + field;
    }
    return field.matches("[^,\"]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  /** Returns a file name as one segment of a relative URL. */
  public static String urlSegment(String name) {
    StringBuilder url = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._".indexOf(c) >= 0);
      url.append(plain ? Character.toString(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return url.toString();
  }
}
