package io.nepenthe.corpus.gpt2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class Gpt2PiecesTest {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    Gpt2Pieces.forEach(text, pieces::add);
    return pieces;
  }

  private static String random(Random random, int length) {
    int[] points = new int[length];
    for (int i = 0; i < length; i++) {
      int plane = random.nextInt(8);
      int drawn =
          plane < 5
              ? "  'sdmtrevl\n\t\r.,!aZ09\u00a0\u3000".codePointAt(random.nextInt(23))
              : random.nextInt(plane < 7 ? 0x600 : 0x30000);
      points[i] =
          Character.isDefined(drawn) && Character.getType(drawn) != Character.SURROGATE
              ? drawn
              : 'x';
    }
    return new String(points, 0, length);
  }

  /** Whatever Java has a class for, has that class in Unicode 16 too. */
  @Test
  void piecesAreThoseOfTheReferencesExpression() {
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      String text = random(random, 1 + random.nextInt(12));
      List<String> expected = REFERENCE.matcher(text).results().map(MatchResult::group).toList();
      assertEquals(expected, pieces(text), text);
    }
  }

  /** Letters and numbers that Java 17 does not know. */
  @Test
  void classesAreThoseOfUnicode16WhateverJavaRuns() {
    String garay = Character.toString(0x10d4a);
    assertEquals(List.of(garay + "\u4e2d", "!"), pieces(garay + "\u4e2d!"));
    assertEquals(
        List.of(" " + Character.toString(0x10d40) + "7"),
        pieces(" " + Character.toString(0x10d40) + "7"));
    assertEquals(
        List.of("a", Character.toString(0x10ffff) + "-", "b"),
        pieces("a" + Character.toString(0x10ffff) + "-b"));
  }

  @Test
  void aRunThatIsTooLongIsRefused() {
    assertEquals(1, pieces("a".repeat(Gpt2Pieces.LONGEST)).size());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> pieces("x " + "a".repeat(Gpt2Pieces.LONGEST)));
    assertTrue(e.getMessage().contains("in one run, more than 1048576"), e.getMessage());
  }
}
