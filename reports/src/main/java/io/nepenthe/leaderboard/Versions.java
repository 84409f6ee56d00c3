package io.nepenthe.leaderboard;

import java.util.Comparator;
import java.util.regex.Pattern;

/** The order of versions of a plugin: 0.10.0 is newer than 0.9.0, and that than 0.9.0-rc. */
final class Versions implements Comparator<String> {
  static final Versions OLDEST_FIRST = new Versions();

  private static final Pattern BETWEEN = Pattern.compile("[.+_-]");

  private Versions() {}

  @Override
  public int compare(String one, String other) {
    String[] first = BETWEEN.split(one, -1);
    String[] second = BETWEEN.split(other, -1);
    for (int i = 0; i < Math.min(first.length, second.length); i++) {
      int part = part(first[i], second[i]);
      if (part != 0) {
        return part;
      }
    }
    if (first.length != second.length) {
      return first.length > second.length
          ? longer(first[second.length])
          : -longer(second[first.length]);
    }
    return one.compareTo(other);
  }

  /** A further number is newer, a further word ("rc") older. */
  private static int longer(String further) {
    return isNumber(further) ? 1 : -1;
  }

  private static int part(String one, String other) {
    if (isNumber(one) && isNumber(other)) {
      return Integer.compare(Integer.parseInt(one), Integer.parseInt(other));
    }
    return isNumber(one) == isNumber(other) ? one.compareTo(other) : longer(one);
  }

  private static boolean isNumber(String part) {
    return part.matches("\\d{1,9}");
  }
}
