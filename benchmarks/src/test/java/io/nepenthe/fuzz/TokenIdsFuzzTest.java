package io.nepenthe.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.corpus.Corpora;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.task.TokenIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Token ids in the cache: damaged ones are told, and made again from the text. */
class TokenIdsFuzzTest extends ParserProperties {
  private static final byte[] TEXT =
      "Some text,\nof which ids are kept.\n".getBytes(StandardCharsets.UTF_8);

  private byte[] made = new byte[0];
  private int[] ids = new int[0];

  @Override
  List<byte[]> whole() throws IOException {
    Path place = Files.createTempDirectory("nepenthe-fuzz-tokens");
    try {
      ids = ids(place, new ArrayList<>());
      made = Files.readAllBytes(file(place));
      return List.of(made);
    } finally {
      io.nepenthe.files.Folders.delete(place);
    }
  }

  @Override
  List<String> words() {
    return List.of("NPTOKENS", "\u0001\u0000\u0000\u0000", "\u0002\u0000\u0000\u0000");
  }

  @Override
  Set<ErrorCode> mistakes() {
    return Set.of(ErrorCode.IO); // made by a newer program, perhaps
  }

  @Override
  void read(byte[] file, Path place) throws IOException {
    ids(place, new ArrayList<>());
    Files.write(file(place), file);
    List<String> told = new ArrayList<>();
    assertArrayEquals(ids, ids(place, told));
    assertTrue(Arrays.equals(file, made) || !told.isEmpty(), "nothing was said");
  }

  private static Path file(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place.resolve("tokens"))) {
      return files.filter(each -> each.toString().endsWith(".tokens")).findFirst().orElseThrow();
    }
  }

  private static int[] ids(Path place, List<String> told) throws IOException {
    Path corpus = Files.createDirectories(place.resolve("corpora/made"));
    Files.write(corpus.resolve("train.txt"), TEXT);
    TokenIds all =
        new Corpora(List.of(place.resolve("corpora")), place.resolve("tokens"), told::add)
            .tokens("made", "train", new ByteTokenizer());
    return IntStream.range(0, all.size()).map(all::id).toArray();
  }
}
