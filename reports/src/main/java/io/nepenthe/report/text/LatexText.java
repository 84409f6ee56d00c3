package io.nepenthe.report.text;

import java.util.HashMap;
import java.util.Map;

/**
 * Texts in LaTeX with the encoding T1. Every mark is set as what it is: a minus as a minus, and two
 * hyphens as two hyphens, where LaTeX would join them to a dash. A character that no font of T1 has
 * is named by its number instead of stopping LaTeX.
 */
final class LatexText {
  private static final String JOINED = "-',";
  private static final int LAST_OF_T1 = 0x17f;
  private static final String PUNCTUATION = "‘’“”„…•";
  private static final Map<Integer, String> MARKS = marks();

  private LatexText() {}

  static String of(String text) {
    StringBuilder latex = new StringBuilder();
    Escape.line(text).codePoints().mapToObj(LatexText::of).forEach(mark -> add(latex, mark));
    return latex.toString();
  }

  private static void add(StringBuilder latex, String mark) {
    boolean joins =
        !latex.isEmpty()
            && latex.charAt(latex.length() - 1) == mark.charAt(0)
            && JOINED.indexOf(mark.charAt(0)) >= 0;
    latex.append(joins ? "{}" : "").append(mark);
  }

  private static String of(int character) {
    String mark = MARKS.get(character);
    if (mark != null) {
      return mark;
    }
    return character <= LAST_OF_T1 || PUNCTUATION.indexOf(character) >= 0
        ? Character.toString(character)
        : "[U+%04X]".formatted(character);
  }

  private static Map<Integer, String> marks() {
    Map<Integer, String> marks = new HashMap<>();
    "&%$#_{}".chars().forEach(c -> marks.put(c, "\\" + (char) c));
    put(
        marks,
        "\\~^<>|\"`\u00a0",
        "textbackslash{} textasciitilde{} textasciicircum{} textless{} textgreater{} textbar{}"
            + " textquotedbl{} textasciigrave{} nobreakspace{}",
        "\\%s");
    marks.put((int) '–', "--");
    marks.put((int) '—', "---");
    put(marks, "†‡§¶", "textdagger{} textdaggerdbl{} S{} P{}", "\\%s");
    marks.put((int) '\u2212', "$-$");
    put(
        marks,
        "∞×±·→←≤≥≠≈µ²³",
        "\\infty \\times \\pm \\cdot \\to \\leftarrow \\le \\ge \\ne \\approx \\mu ^2 ^3",
        "$%s$");
    put(
        marks,
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau"
            + " upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega",
        "$\\%s$");
    return Map.copyOf(marks);
  }

  /** Puts one word for each character. */
  private static void put(Map<Integer, String> marks, String characters, String words, String as) {
    String[] each = words.split(" ", 0);
    for (int i = 0; i < each.length; i++) {
      marks.put((int) characters.charAt(i), as.formatted(each[i]));
    }
  }
}
