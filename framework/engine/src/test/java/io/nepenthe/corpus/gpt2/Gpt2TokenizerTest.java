package io.nepenthe.corpus.gpt2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Gpt2TokenizerTest {
  private final Gpt2Tokenizer tokenizer = new Gpt2Tokenizer();

  private static int[] ids(int... ids) {
    return ids;
  }

  @Test
  void givesTheIdsOfGpt2() {
    assertArrayEquals(ids(15496, 995), tokenizer.encode("Hello world"));
  }

  /** As printed for WikiText in the documentation of GPT-2 quantizers; " \n" is no token. */
  @Test
  void givesTheIdsOfAHeading() {
    assertArrayEquals(
        ids(796, 5199, 347, 2852, 353, 796, 220, 198), tokenizer.encode(" = Robert Boulter = \n"));
  }

  @Test
  void endOfTextIsOneId() {
    assertArrayEquals(ids(50256), tokenizer.encode("<|endoftext|>"));
    assertArrayEquals(
        ids(15496, 50256, 50256, 995), tokenizer.encode("Hello<|endoftext|><|endoftext|> world"));
  }

  @Test
  void nothingGivesNoIds() {
    assertArrayEquals(ids(), tokenizer.encode(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" = A = \n", "naïve 日本語 😀\t\r\n  x", "a<|endoftext|>b<|endof", "\u0000\u00a0"})
  void decodingGivesTheTextBack(String text) {
    assertEquals(text, tokenizer.decode(tokenizer.encode(text)));
  }

  @Test
  void everyIdHasAText() {
    tokenizer.decode(IntStream.range(0, tokenizer.size()).toArray());
  }

  @Test
  void refusesIdsOutsideTheVocabulary() {
    assertThrows(IllegalArgumentException.class, () -> tokenizer.decode(ids(50257)));
    assertThrows(IllegalArgumentException.class, () -> tokenizer.decode(ids(-1)));
  }
}
