package io.nepenthe.corpus.gpt2;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.GptBytePairEncodingParams;
import com.knuddels.jtokkit.api.IntArrayList;
import io.nepenthe.task.Tokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * GPT-2's byte-level BPE. {@code <|endoftext|>} in a text is one id, as in Hugging Face's
 * tokenizer. Thread-safe.
 */
public final class Gpt2Tokenizer implements Tokenizer {
  private static final int SIZE = 50_257;
  private static final int END_OF_TEXT = 50_256;
  private static final int COMMA = 11;
  private static final String END_OF_TEXT_MARK = "<|endoftext|>";

  private static final String RANKS = "/com/knuddels/jtokkit/r50k_base.tiktoken";

  /** Encodes pieces that {@link Gpt2Pieces} has cut. */
  private final Encoding encoding = encoding();

  @Override
  public String name() {
    return "gpt2";
  }

  @Override
  public String title() {
    return "GPT-2";
  }

  @Override
  public String identity() {
    return "gpt2/2";
  }

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public int endOfText() {
    return END_OF_TEXT;
  }

  @Override
  public int comma() {
    return COMMA;
  }

  @Override
  public int[] encode(String text) {
    IntArrayList ids = new IntArrayList();
    int from = 0;
    for (int mark = text.indexOf(END_OF_TEXT_MARK);
        mark >= 0;
        mark = text.indexOf(END_OF_TEXT_MARK, from)) {
      addOrdinary(text.substring(from, mark), ids);
      ids.add(END_OF_TEXT);
      from = mark + END_OF_TEXT_MARK.length();
    }
    addOrdinary(text.substring(from), ids);
    return ids.toArray();
  }

  private void addOrdinary(String text, IntArrayList ids) {
    Gpt2Pieces.forEach(
        text,
        piece -> {
          IntArrayList found = encoding.encodeOrdinary(piece);
          for (int i = 0; i < found.size(); i++) {
            ids.add(found.get(i));
          }
        });
  }

  @Override
  public String decode(int[] ids) {
    IntArrayList list = new IntArrayList(ids.length);
    for (int id : ids) {
      if (id < 0 || id >= SIZE) {
        throw new IllegalArgumentException("id " + id + " is not in [0, " + SIZE + ")");
      }
      list.add(id);
    }
    return encoding.decode(list);
  }

  private static Encoding encoding() {
    GptBytePairEncodingParams params =
        new GptBytePairEncodingParams(
            "gpt2", Pattern.compile("(?s).+"), ranks(), Map.of(END_OF_TEXT_MARK, END_OF_TEXT));
    return Encodings.newLazyEncodingRegistry()
        .registerGptBytePairEncoding(params)
        .getEncoding(params.getName())
        .orElseThrow();
  }

  /** A line is a token's bytes in Base64, and its id. */
  @SuppressWarnings("ArrayAsKeyOfSetOrMap") // as jtokkit wants it; it looks up none of them
  private static Map<byte[], Integer> ranks() {
    Map<byte[], Integer> ranks = new HashMap<>();
    try (InputStream in = Encodings.class.getResourceAsStream(RANKS)) {
      new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> line.split(" ", 2))
          .forEach(
              word -> ranks.put(Base64.getDecoder().decode(word[0]), Integer.valueOf(word[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ranks;
  }
}
