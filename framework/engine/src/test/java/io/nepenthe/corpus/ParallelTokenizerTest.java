package io.nepenthe.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.corpus.gpt2.Gpt2Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelTokenizerTest {
  private static final int THREADS = 4;

  private final Gpt2Tokenizer tokenizer = new Gpt2Tokenizer();

  private int[] parallel(Text text) throws IOException {
    List<Integer> ids = new ArrayList<>();
    try (ParallelTokenizer threads = new ParallelTokenizer(tokenizer, THREADS)) {
      threads.tokenize(text, (block, bytes) -> Arrays.stream(block).forEach(ids::add));
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  private int[] sequential(Text text) throws IOException {
    List<int[]> rows = new ArrayList<>();
    text.forEach((row, bytesRead) -> rows.add(tokenizer.encode(row)));
    return rows.stream().flatMapToInt(Arrays::stream).toArray();
  }

  @Test
  void severalThreadsGiveTheIdsOfOne() throws IOException {
    Text text = SyntheticText.corpus().text("train");
    assertArrayEquals(sequential(text), parallel(text));
  }

  private static Optional<Path> sharedData() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .takeWhile(folder -> folder != null)
        .map(folder -> folder.resolve("shared").resolve("data"))
        .filter(folder -> Files.isDirectory(folder.resolve("wikitext-2")))
        .findFirst();
  }

  /** WikiText-2's ids are about as many as the paper's test split has (DATA 2). */
  @Test
  void severalThreadsGiveTheIdsOfOneOnWikiText(@TempDir Path folder) throws IOException {
    Optional<Path> data = sharedData();
    Assumptions.assumeTrue(
        data.isPresent(), "there is no shared/data/wikitext-2 above this folder");
    Corpora corpora = new Corpora(List.of(data.get()), folder, line -> {});
    Text text = corpora.find("wikitext-2").text("test");
    int[] ids = sequential(text);
    assertArrayEquals(ids, parallel(text));
    assertArrayEquals(ids, Corpuses.ids(corpora.tokens("wikitext-2", "test", tokenizer)));
    assertEquals(292_943, ids.length);
  }

  /** However long a text is, no more than a few blocks are held at once. */
  @Test
  void readsNoFurtherAheadThanAFewBlocks() throws IOException {
    String row = "x ".repeat(50_000);
    int rows = 200;
    AtomicLong read = new AtomicLong();
    long[] written = {0};
    long[] furthest = {0};
    try (ParallelTokenizer threads = new ParallelTokenizer(tokenizer, THREADS)) {
      threads.tokenize(
          new Rows(row, rows, read),
          (ids, bytesRead) -> {
            furthest[0] = Math.max(furthest[0], read.get() - written[0]);
            written[0] = bytesRead;
          });
    }
    assertEquals(rows, written[0]);
    assertTrue(furthest[0] <= 2 * (2 * THREADS + 1), "rows held: " + furthest[0]);
  }

  /** The same row again and again, counted in rows. */
  private record Rows(String row, int count, AtomicLong read) implements Text {
    @Override
    public String identity() {
      return row;
    }

    @Override
    public long bytes() {
      return count;
    }

    @Override
    public void forEach(RowSink sink) throws IOException {
      for (int i = 0; i < count; i++) {
        sink.accept(row, read.incrementAndGet());
      }
    }
  }

  @Test
  void aFailedWriteEndsIt() {
    IOException full = new IOException("disk full");
    try (ParallelTokenizer threads = new ParallelTokenizer(tokenizer, THREADS)) {
      Text text = SyntheticText.corpus().text("train");
      assertEquals(
          full,
          assertThrows(
              IOException.class,
              () ->
                  threads.tokenize(
                      text,
                      (ids, bytesRead) -> {
                        throw full;
                      })));
    }
  }
}
