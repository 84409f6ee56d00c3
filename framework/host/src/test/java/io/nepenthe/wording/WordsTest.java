package io.nepenthe.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void foreignWordsAreOneLineThatCommandsNoTerminal() {
    assertEquals("?[31mred? ?nur? ok", Words.line("\u001b[31mred\u0000 \u202enur\u009b ok\nmore"));
    assertEquals("größer als 日本 \t!", Words.line("größer als 日本 \t!"));
    assertEquals("", Words.line(null));
    assertTrue(Words.line("x".repeat(1_000_000)).length() < 1100);
  }

  @Test
  void linesOfATextStay() {
    assertEquals("a\nb\r\n\t??c", Words.printable("a\nb\r\n\t\u0007\rc"));
  }
}
