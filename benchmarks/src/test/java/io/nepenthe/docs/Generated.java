package io.nepenthe.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Parts of documents that are made from the code. A test that finds one out of date fails; with
 * {@code -Dnepenthe.rewrite=true} it writes the part again: the command is in {@code
 * docs/commands.md}.
 */
final class Generated {
  private Generated() {}

  /** Checks, or writes, what stands between a document's {@code <!-- name -->} and its end. */
  static void check(String document, String name, String expected) throws IOException {
    String begin = "<!-- " + name + " -->\n";
    String end = "<!-- /" + name + " -->";
    Path file = SourceTree.ROOT.resolve(document);
    String text = Files.readString(file);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    assertTrue(from >= begin.length() && to >= from, document + " has lost " + begin + end);
    if (Boolean.getBoolean("nepenthe.rewrite")) {
      Files.writeString(file, text.substring(0, from) + expected + text.substring(to));
    } else {
      assertEquals(
          expected,
          text.substring(from, to),
          document
              + " is out of date between "
              + begin
              + "and "
              + end
              + ": see "
              + Generated.class);
    }
  }

  /** Checks, or writes, a whole file. */
  static void checkFile(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("nepenthe.rewrite")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, expected);
    } else {
      assertEquals(
          expected, Files.readString(file), file + " is out of date: see " + Generated.class);
    }
  }
}
