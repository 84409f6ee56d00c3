package io.nepenthe.report.view;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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

  /** Returns "seed 0" or "seeds 0, 1 and 3". */
  public static String seeds(Collection<Long> seeds) {
    return (seeds.size() == 1 ? "seed " : "seeds ")
        + list(seeds.stream().map(Object::toString).toList());
  }

  /** Returns notes that semicolons part as sentences, nothing if there is none. */
  static List<String> each(String notes) {
    return notes.isBlank()
        ? List.of()
        : Stream.of(notes.split("; ", -1)).map(Sentences::one).toList();
  }

  /** Returns words as one sentence: with a capital letter and a full stop. */
  static String one(String words) {
    String text = words.strip();
    String end = text.matches("(?s).*[.!?…]") ? "" : ".";
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + end;
  }
}
