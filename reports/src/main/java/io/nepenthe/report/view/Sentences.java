package io.nepenthe.report.view;

import java.util.Collection;
import java.util.List;

/** Words that captions share. */
public final class Sentences {
  private Sentences() {}

  /** Returns "a, b and c". */
  public static String list(Collection<String> words) {
    List<String> all = List.copyOf(words);
    int last = all.size() - 1;
    return last < 1
        ? String.join("", all)
        : String.join(", ", all.subList(0, last)) + " and " + all.get(last);
  }

  /** Returns a sentence that begins with these words and names them, nothing if there are none. */
  public static String naming(String begin, Collection<String> words) {
    return words.isEmpty() ? "" : " " + begin + " " + list(words) + ".";
  }
}
