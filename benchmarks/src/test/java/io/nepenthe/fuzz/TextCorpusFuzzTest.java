package io.nepenthe.fuzz;

import io.nepenthe.corpus.Corpora;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.task.TokenIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Corpora of plain text. */
class TextCorpusFuzzTest extends ParserProperties {
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
    CorpusReading.of("train.txt", file, place);
  }

  /** Tokenizes the only file of a corpus, as a run does. */
  static final class CorpusReading {
    private CorpusReading() {}

    static void of(String name, byte[] file, Path place) throws IOException {
      Path corpus = Files.createDirectories(place.resolve("corpora").resolve("made"));
      Files.write(corpus.resolve(name), file);
      Corpora corpora =
          new Corpora(List.of(place.resolve("corpora")), place.resolve("tokens"), line -> {});
      for (String split : corpora.find("made").splits()) {
        TokenIds ids = corpora.tokens("made", split, new ByteTokenizer());
        for (int i = 0; i < ids.size(); i++) {
          ids.id(i);
        }
      }
    }
  }
}
