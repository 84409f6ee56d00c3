package io.nepenthe.protocol;

import java.util.regex.Pattern;

/** Words about a file of others, which may quote it. */
public final class OneLine {
  private static final Pattern NOT_SHOWN = Pattern.compile("\\p{Cc}|\\R");

  private OneLine() {}

  /** Returns words in which each control character and each end of a line is "?". */
  public static String of(String words) {
    return NOT_SHOWN.matcher(words).replaceAll("?");
  }
}
