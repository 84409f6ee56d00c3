package io.nepenthe.leaderboard;

import java.util.Locale;

/** A small picture with a label and a value, as READMEs show them. */
final class Badge {
  private static final double PER_LETTER = 6.6;
  private static final int MARGIN = 12;

  private Badge() {}

  /** Returns the picture of an entry, coloured by how far it was verified. */
  static String of(String label, String value, Tier tier) {
    long left = width(label);
    long right = width(value);
    return String.format(
        Locale.ROOT,
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%4$s: %5$s">
        <title>%4$s: %5$s</title>
        <rect width="%1$d" height="20" rx="3" fill="#444"/>
        <path d="M%2$d 0h%3$dq3 0 3 3v14q0 3 -3 3h-%3$dz" fill="%6$s"/>
        <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
        <text x="%7$.1f" y="14">%4$s</text>
        <text x="%8$.1f" y="14">%5$s</text>
        </g>
        </svg>
        """,
        left + right,
        left,
        right - 3,
        escaped(label),
        escaped(value),
        color(tier),
        left / 2.0,
        left + right / 2.0);
  }

  private static long width(String text) {
    return Math.round(PER_LETTER * text.codePointCount(0, text.length())) + MARGIN;
  }

  private static String color(Tier tier) {
    return switch (tier) {
      case UNCHECKED -> "#6b6b6b";
      case CHECKED -> "#1f6fb2";
      case RE_RUN -> "#24793f";
    };
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .filter(c -> c >= ' ')
        .forEach(
            c -> {
              if (c == '<' || c == '>' || c == '&' || c == '"' || c == '\'') {
                escaped.append("&#").append(c).append(';');
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }
}
