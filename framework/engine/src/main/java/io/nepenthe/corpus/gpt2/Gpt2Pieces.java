package io.nepenthe.corpus.gpt2;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Cuts a text into the pieces that GPT-2 encodes each on its own: {@code 's|'t|'re|'ve|'m|'ll|'d|
 * ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}. What a letter is does not hang on the Java
 * that runs: the classes are those of Unicode 16, which other tokenizers use.
 */
final class Gpt2Pieces {
  /** A longer run of letters, digits, signs or blanks takes more memory than there may be. */
  static final int LONGEST = 1 << 20;

  private static final byte OTHER = 0;
  private static final byte LETTER = 1;
  private static final byte NUMBER = 2;
  private static final byte SPACE = 3;
  private static final String[] CONTRACTIONS = {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"};
  private static final byte[] CLASSES = classes();

  private Gpt2Pieces() {}

  /**
   * Hands out the pieces, which together are the text.
   *
   * @throws IllegalArgumentException if one is longer than {@link #LONGEST}
   */
  static void forEach(String text, Consumer<String> pieces) {
    int from = 0;
    while (from < text.length()) {
      int to = end(text, from);
      if (to - from > LONGEST) {
        throw new IllegalArgumentException(
            "it holds "
                + (to - from)
                + " letters, digits, signs or blanks in one run, more than "
                + LONGEST);
      }
      pieces.accept(text.substring(from, to));
      from = to;
    }
  }

  private static int end(String text, int from) {
    for (String contraction : CONTRACTIONS) {
      if (text.startsWith(contraction, from)) {
        return from + contraction.length();
      }
    }
    int first = text.charAt(from) == ' ' && from + 1 < text.length() ? from + 1 : from;
    if (of(text, first) != SPACE) {
      return endOfRun(text, first);
    }
    int end = endOfRun(text, from);
    return end < text.length() && end - from > 1 ? end - 1 : end; // the last blank leads a word
  }

  private static int endOfRun(String text, int from) {
    byte wanted = of(text, from);
    int to = from;
    while (to < text.length() && of(text, to) == wanted) {
      to += Character.charCount(text.codePointAt(to));
    }
    return to;
  }

  private static byte of(String text, int index) {
    int c = text.codePointAt(index);
    return c < CLASSES.length ? CLASSES[c] : OTHER;
  }

  private static byte[] classes() {
    byte[] classes = new byte[0x40000]; // no letter lies beyond
    try (InputStream in = Gpt2Pieces.class.getResourceAsStream("unicode-16.txt")) {
      new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> fill(classes, line.split(" ", -1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classes;
  }

  private static void fill(byte[] classes, String... words) {
    byte kind = words[0].equals("L") ? LETTER : words[0].equals("N") ? NUMBER : SPACE;
    for (String range : Arrays.asList(words).subList(1, words.length)) {
      String[] ends = range.split("-", -1);
      Arrays.fill(
          classes,
          Integer.parseInt(ends[0], 16),
          Integer.parseInt(ends[ends.length - 1], 16) + 1,
          kind);
    }
  }
}
