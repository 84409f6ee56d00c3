package io.nepenthe.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever cites the specification can be looked up in {@code docs/reference}: {@code EVALUATION
 * 6}, {@code UNLEARNING 10, 11}, {@code EVALUATION 1 to 3}, {@code UNLEARNING_QUIRKS Q-2}, and by
 * number alone {@code Q-2} and {@code K18}.
 */
class CitationsTest {
  private static final String NUMBER = "(?:\\d+(?:\\.\\d+)*[a-z]?|Q-\\d+)\\b";
  private static final Pattern QUIRK = Pattern.compile("\\b(?:K(\\d+[a-z]?)|(Q-\\d+))\\b");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");

  /** The frame of a comment, whose length is kept so that lines can be told. */
  private static final Pattern FRAME = Pattern.compile("(?m)^ *\\*(?!/)|#");

  @Test
  void everyCitationResolves() throws IOException {
    Reference reference = Reference.read();
    List<String> unresolved = new ArrayList<>();
    int cited = 0;
    for (Path file : SourceTree.files(".java", ".md", ".yaml")) {
      String text = prose(file, Files.readString(file));
      for (Citation citation : citations(text, reference)) {
        cited++;
        if (!reference.has(citation.document(), citation.number())) {
          unresolved.add(
              SourceTree.place(file, text, citation.offset())
                  + ": docs/reference/"
                  + citation.document()
                  + ".md has no "
                  + citation.number());
        }
      }
    }
    assertEquals(List.of(), unresolved);
    assertTrue(cited > 100, "only " + cited + " citations were found: is the pattern still right?");
  }

  @Test
  void citationsAreReadInAllTheirForms() throws IOException {
    String text = "EVALUATION 1 to 3; UNLEARNING_DRIVER 8.3 and Q-2, K37a (DATA 1.4, 1.5)";
    assertEquals(
        List.of(
            "EVALUATION 1",
            "EVALUATION 3",
            "UNLEARNING_DRIVER 8.3",
            "UNLEARNING_QUIRKS Q-2",
            "KNOWN_QUIRKS 37a",
            "DATA 1.4",
            "DATA 1.5"),
        citations(text, Reference.read()).stream()
            .map(citation -> citation.document() + " " + citation.number())
            .toList());
  }

  private record Citation(String document, String number, int offset) {}

  private static List<Citation> citations(String text, Reference reference) {
    String names =
        reference.documents().stream()
            .sorted(Comparator.comparing(String::length).reversed())
            .collect(Collectors.joining("|"));
    String separator = "(?:,|;| and| to| or)\\s+(?=\\d|Q-\\d)";
    Pattern named =
        Pattern.compile("\\b(" + names + ")\\s+(" + NUMBER + "(?:" + separator + NUMBER + ")*)");
    List<Citation> citations = new ArrayList<>();
    Matcher list = named.matcher(text);
    while (list.find()) {
      Matcher number = Pattern.compile(NUMBER).matcher(list.group(2));
      while (number.find()) {
        if (!number.group().startsWith("Q-")) {
          citations.add(new Citation(list.group(1), number.group(), list.start()));
        }
      }
    }
    Matcher quirk = QUIRK.matcher(text);
    while (quirk.find()) {
      citations.add(
          quirk.group(1) == null
              ? new Citation("UNLEARNING_QUIRKS", quirk.group(2), quirk.start())
              : new Citation("KNOWN_QUIRKS", quirk.group(1), quirk.start()));
    }
    citations.sort(Comparator.comparingInt(Citation::offset));
    return citations;
  }

  /** Returns a file's text; of Java its comments alone, in their places. */
  private static String prose(Path file, String text) {
    if (!file.toString().endsWith(".java")) {
      return text;
    }
    char[] prose = text.replaceAll("[^\\n]", " ").toCharArray();
    Matcher comment = COMMENT.matcher(text);
    while (comment.find()) {
      String words =
          FRAME.matcher(comment.group()).replaceAll(frame -> " ".repeat(frame.group().length()));
      words.getChars(0, words.length(), prose, comment.start());
    }
    return new String(prose);
  }
}
