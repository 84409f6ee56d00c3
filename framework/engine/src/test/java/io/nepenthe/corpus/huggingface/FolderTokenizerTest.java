package io.nepenthe.corpus.huggingface;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTokenizerTest {
  private static final String EMOJI = "\ud83d\ude00";

  @TempDir private Path folder;

  /** Bytes as GPT-2 writes them, of which "h", "e" and "l" are merged. */
  private void writeBytePairs() throws IOException {
    StringBuilder vocabulary = new StringBuilder("{\"<|endoftext|>\": 258");
    for (int b = 0; b < 256; b++) {
      vocabulary.append(", \"").append(escaped(letter(b))).append("\": ").append(b);
    }
    vocabulary.append(", \"he\": 256, \"hel\": 257}");
    Files.writeString(folder.resolve("vocab.json"), vocabulary);
    Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\nh e\nhe l\n");
  }

  private static String escaped(String letter) {
    return letter.equals("\"") || letter.equals("\\") ? "\\" + letter : letter;
  }

  /** Printable bytes are their own letters, the others those from 256 on. */
  private static String letter(int wanted) {
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean printable = (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || b >= 0xae;
      int letter = printable ? b : next++;
      if (b == wanted) {
        return Character.toString(letter);
      }
    }
    throw new IllegalArgumentException("no byte " + wanted);
  }

  private FolderTokenizer tokenizer() {
    return FolderTokenizer.find(folder).orElseThrow();
  }

  @Test
  void gpt2sOlderFilesAreRead() throws IOException {
    writeBytePairs();
    FolderTokenizer tokenizer = tokenizer();
    assertArrayEquals(new int[] {257, 'l', 'o'}, tokenizer.encode("hello"));
    assertArrayEquals(new int[] {256, ' ', 258, '\n'}, tokenizer.encode("he <|endoftext|>\n"));
    assertArrayEquals(new int[] {0xf0, 0x9f, 0x98, 0x80}, tokenizer.encode(EMOJI));
    assertArrayEquals(new int[] {}, tokenizer.encode(""));
    assertEquals(259, tokenizer.size());
    String text = "a\u0000b " + EMOJI + " \u00e4  hel";
    assertEquals(text, tokenizer.decode(tokenizer.encode(text)));
  }

  /** It would cut texts to 3 tokens, fill them to 9, and begin each with id 1. */
  private void writeWhole() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"version": "1.0",
         "truncation": {"direction": "Right", "max_length": 3, "strategy": "LongestFirst", "stride": 0},
         "padding": {"strategy": {"Fixed": 9}, "direction": "Right", "pad_to_multiple_of": null,
                     "pad_id": 0, "pad_type_id": 0, "pad_token": "<unk>"},
         "added_tokens": [{"id": 1, "content": "<s>", "single_word": false, "lstrip": false,
                           "rstrip": false, "normalized": false, "special": true}],
         "normalizer": null, "pre_tokenizer": {"type": "Whitespace"},
         "post_processor": {"type": "TemplateProcessing",
           "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
           "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
           "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
         "decoder": null,
         "model": {"type": "WordLevel", "unk_token": "<unk>",
                   "vocab": {"<unk>": 0, "<s>": 1, "one": 2, "two": 3}}}
        """);
  }

  @Test
  void nothingIsAddedFilledUpOrCutOff() throws IOException {
    writeWhole();
    assertArrayEquals(new int[] {2, 3, 2, 0, 3}, tokenizer().encode("one two one three two"));
    assertEquals(4, tokenizer().size());
    assertEquals("one two", tokenizer().decode(new int[] {2, 3}));
  }

  @Test
  void aLongTextIsEncodedWhole() throws IOException {
    writeWhole();
    int[] ids = tokenizer().encode("one two ".repeat(5000));
    assertEquals(10_000, ids.length);
    assertArrayEquals(IntStream.range(0, 10_000).map(i -> 2 + i % 2).toArray(), ids);
  }

  @Test
  void theWholeFileGoesFirstAndIdentitiesDiffer() throws IOException {
    assertTrue(FolderTokenizer.find(folder).isEmpty());
    writeBytePairs();
    String identity = tokenizer().identity();
    assertEquals(identity, tokenizer().identity());
    writeWhole();
    assertNotEquals(identity, tokenizer().identity());
    assertEquals(4, tokenizer().size());
  }

  @Test
  void idsOutsideAndHalvesOfCharactersAreRefused() throws IOException {
    writeWhole();
    assertThrows(IllegalArgumentException.class, () -> tokenizer().decode(new int[] {4}));
    assertThrows(IllegalArgumentException.class, () -> tokenizer().decode(new int[] {-1}));
    assertThrows(IllegalArgumentException.class, () -> tokenizer().encode("\ud83d"));
  }

  @Test
  void aDamagedFileIsSaidInALine() throws IOException {
    for (String content : Arrays.asList("", "{", "[]", "{}", "{\"model\": {\"type\": \"No\"}}")) {
      Files.writeString(folder.resolve("tokenizer.json"), content);
      NepentheException refused =
          assertThrows(NepentheException.class, () -> FolderTokenizer.find(folder), content);
      assertEquals(ErrorCode.BAD_CHECKPOINT, refused.code());
      assertEquals(1, refused.getMessage().lines().count());
      assertTrue(
          refused
              .getMessage()
              .startsWith("cannot read the tokenizer " + folder.resolve("tokenizer.json") + " ("),
          refused.getMessage());
    }
  }
}
