package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of units, as one types them: 3,7-9. */
final class IndexRanges {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

  private IndexRanges() {}

  /**
   * Returns the numbers that a text names, rising.
   *
   * @throws NepentheException with BAD_USAGE if it names none
   */
  static SortedSet<Integer> parse(String text) {
    SortedSet<Integer> indices = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part.strip());
      int from = range.matches() ? Integer.parseInt(range.group(1)) : 0;
      int to = range.matches() && range.group(2) != null ? Integer.parseInt(range.group(2)) : from;
      if (!range.matches() || to < from || to - from > 10_000_000) {
        throw new NepentheException(
            ErrorCode.BAD_USAGE,
            "--index is '" + text + "', must be numbers and ranges of units, like 3,7-9.");
      }
      for (int i = from; i <= to; i++) {
        indices.add(i);
      }
    }
    return indices;
  }

  /** Returns numbers, rising, as that reads them. */
  static String text(SortedSet<Integer> indices) {
    StringJoiner parts = new StringJoiner(",");
    Integer from = null;
    int last = 0;
    for (int index : indices) {
      if (from != null && index != last + 1) {
        parts.add(range(from, last));
        from = null;
      }
      from = from == null ? index : from;
      last = index;
    }
    return from == null ? "" : parts.add(range(from, last)).toString();
  }

  private static String range(int from, int to) {
    return from == to ? Integer.toString(from) : from + "-" + to;
  }
}
