package io.nepenthe.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** The vocabulary of the synthetic corpus, and the regular forms of its words. */
final class SyntheticWords {
  private final Map<String, List<String>> lists = new LinkedHashMap<>();
  private final List<String> themes;

  SyntheticWords() {
    try (InputStream in = SyntheticWords.class.getResourceAsStream("synthetic-words.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(": ", 2))
          .forEach(entry -> lists.put(entry[0], List.of(entry[1].split(" ", -1))));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the words of the synthetic corpus", e);
    }
    themes =
        lists.keySet().stream()
            .filter(name -> name.endsWith(".people"))
            .map(name -> name.substring(0, name.indexOf('.')))
            .toList();
  }

  /** Returns the themes that nouns and verbs belong to. */
  List<String> themes() {
    return themes;
  }

  /** Returns a word of a list; the first ones come more often, as in natural text. */
  String pick(String list, RandomGenerator random) {
    List<String> words = Objects.requireNonNull(lists.get(list), list);
    double share = random.nextDouble();
    return words.get((int) (words.size() * share * share));
  }

  static String plural(String noun) {
    if (noun.endsWith("f")) {
      return noun.substring(0, noun.length() - 1) + "ves"; // loaf, wolf
    }
    if (noun.endsWith("man")) {
      return noun.substring(0, noun.length() - 3) + "men";
    }
    return noun + (noun.matches(".*(?:s|x|ch|sh)") ? "es" : "s");
  }

  static String past(String verb) {
    if (verb.endsWith("e")) {
      return verb + "d";
    }
    if (verb.matches(".*[^aeiou]y")) {
      return verb.substring(0, verb.length() - 1) + "ied";
    }
    return verb + "ed";
  }

  static String withArticle(String noun) {
    return (noun.matches("[aeiou].*") && !noun.startsWith("use") && !noun.startsWith("uni")
            ? "an "
            : "a ")
        + noun;
  }

  static String capitalized(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
