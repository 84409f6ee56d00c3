package io.nepenthe.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What happens to a file by accident or on purpose: bits flip, parts are missing or there twice,
 * and words that mean something to its reader are in the place of others.
 */
final class Damage {
  private static final int LONGEST_PART = 200;

  /** Words with which readers of numbers, texts and paths have trouble. */
  private static final List<String> WORDS =
      List.of(
          "null",
          "NaN",
          "1e999",
          "-1",
          "-0.0",
          "1e300",
          "9223372036854775808",
          "0",
          "true",
          "\"\"",
          "\"\\ud800\"",
          "[]",
          "{}",
          "[[[[[[[[",
          "{\"a\":",
          "\u0000",
          "\n",
          "\r",
          "\uFEFF",
          "\u202e",
          "../../x",
          "/etc/x",
          "\"",
          "'",
          "\\",
          ",",
          ":",
          "}",
          "]",
          "&a",
          "*a",
          "!!java.io.File x",
          "%",
          "é",
          "😀",
          "99999999999",
          "0x10",
          "1_000",
          "infinity");

  private enum Kind {
    FLIP,
    SET,
    CUT,
    REPEAT,
    INSERT,
    REPLACE,
    TRUNCATE,
    FROM_ANOTHER
  }

  @SuppressWarnings("ArrayRecordComponent") // compared with nothing
  private record Edit(Kind kind, double at, int length, int value, byte[] word) {
    byte[] of(byte[] file) {
      int from = (int) (at * (file.length + 1));
      int to = Math.min(file.length, from + length);
      return switch (kind) {
        case FLIP -> set(file, from, value(file, from) ^ (1 << (value & 7)));
        case SET -> set(file, from, value);
        case CUT -> joined(part(file, 0, from), part(file, to, file.length));
        case REPEAT -> joined(part(file, 0, to), part(file, from, file.length));
        case INSERT -> joined(part(file, 0, from), word, part(file, from, file.length));
        case REPLACE ->
            joined(
                part(file, 0, wordStart(file, from)),
                word,
                part(file, wordEnd(file, from), file.length));
        case TRUNCATE -> part(file, 0, from);
        case FROM_ANOTHER ->
            joined(
                part(file, 0, from),
                part(word, 0, Math.min(word.length, length)),
                part(file, to, file.length));
      };
    }

    private static int value(byte[] file, int at) {
      return at < file.length ? file[at] : 0;
    }

    private static byte[] set(byte[] file, int at, int value) {
      byte[] changed = file.clone();
      if (at < changed.length) {
        changed[at] = (byte) value;
      }
      return changed;
    }

    private static int wordStart(byte[] file, int from) {
      int start = from;
      while (start > 0
          && start < file.length
          && isOfWord(file[start])
          && isOfWord(file[start - 1])) {
        start--;
      }
      return start;
    }

    /** A number, a word or a quoted text ends where its kind of characters does. */
    private static int wordEnd(byte[] file, int from) {
      int end = from;
      while (end < file.length && isOfWord(file[end])) {
        end++;
      }
      return Math.max(end, Math.min(file.length, from + 1));
    }

    private static boolean isOfWord(byte c) {
      return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_' || c == '"';
    }

    private static byte[] part(byte[] file, int from, int to) {
      return java.util.Arrays.copyOfRange(file, from, Math.max(from, to));
    }

    private static byte[] joined(byte[]... parts) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (byte[] part : parts) {
        all.writeBytes(part);
      }
      return all.toByteArray();
    }
  }

  private Damage() {}

  /** Returns a file with a word behind a bracket, a comma, a colon or the end of a line. */
  static byte[] withWord(byte[] file, String word, Random random) {
    int[] places =
        IntStream.range(0, file.length).filter(i -> "{[,:\n".indexOf(file[i]) >= 0).toArray();
    int at = places.length == 0 ? 0 : places[random.nextInt(places.length)] + 1;
    return Edit.joined(
        Edit.part(file, 0, at),
        word.getBytes(StandardCharsets.UTF_8),
        Edit.part(file, at, file.length));
  }

  /** Returns these files, damaged in one place or more. */
  static Arbitrary<byte[]> of(List<byte[]> whole, List<String> words, int mostEdits) {
    Arbitrary<byte[]> word =
        Arbitraries.oneOf(Arbitraries.of(WORDS), Arbitraries.of(words))
            .map(each -> each.getBytes(StandardCharsets.UTF_8));
    Arbitrary<Edit> edits =
        Combinators.combine(
                Arbitraries.of(Kind.class),
                Arbitraries.doubles().between(0, 1).ofScale(5),
                Arbitraries.integers().between(1, LONGEST_PART),
                Arbitraries.integers().between(0, 255),
                Arbitraries.frequencyOf(
                    net.jqwik.api.Tuple.of(4, word),
                    net.jqwik.api.Tuple.of(1, Arbitraries.of(whole))))
            .as(Edit::new);
    return Combinators.combine(
            Arbitraries.of(whole), edits.list().ofMinSize(1).ofMaxSize(mostEdits))
        .as(
            (file, all) -> {
              byte[] damaged = file;
              for (Edit edit : all) {
                damaged = edit.of(damaged);
              }
              return damaged;
            });
  }
}
