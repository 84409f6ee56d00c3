package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.corpus.Corpora;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.task.TokenIds;
import io.nepenthe.task.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Corpora of plain text. */
class TextCorpusFuzzTest extends ParserProperties {
  private static final Pattern BLANK =
      Pattern.compile("[\\p{IsWhite_Space}\u001c-\u001f]*", Pattern.DOTALL);

  @Override
  List<byte[]> whole() {
    return List.of(
        "One line.\nAnother, longer line of text.\n\n= A heading =\nThe end.\n"
            .getBytes(StandardCharsets.UTF_8),
        "Ünicode ‘quotes’ and 日本語\r\nin two lines\r\n".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  List<String> words() {
    return List.of("<|endoftext|>", "\u0085", "\u2028", "= =", "<unk>", "\r\r\n");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.BAD_DATA);
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    String read = CorpusReading.of("train.txt", file, place);
    assertEquals(said(file), read);
  }

  /** Returns the lines, as Python reads them; one of blanks alone is empty. */
  private static String said(byte[] file) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      return Arrays.stream(text.replaceAll("\r\n?", "\n").split("(?<=\n)"))
          .filter(line -> !BLANK.matcher(line).matches())
          .collect(Collectors.joining());
    } catch (CharacterCodingException e) {
      throw new AssertionError("it was read, and is no UTF-8", e);
    }
  }

  /** Tokenizes the only file of a corpus, as a run does. */
  static final class CorpusReading {
    private CorpusReading() {}

    /** Returns the text whose ids a run gets. */
    static String of(String name, byte[] file, Path place) throws IOException {
      Path corpus = Files.createDirectories(place.resolve("corpora").resolve("made"));
      Files.write(corpus.resolve(name), file);
      Corpora corpora =
          new Corpora(List.of(place.resolve("corpora")), place.resolve("tokens"), line -> {});
      Tokenizer tokenizer = new ByteTokenizer();
      StringBuilder text = new StringBuilder();
      for (String split : corpora.find("made").splits()) {
        TokenIds ids = corpora.tokens("made", split, tokenizer);
        text.append(tokenizer.decode(IntStream.range(0, ids.size()).map(ids::id).toArray()));
      }
      return text.toString();
    }
  }
}
