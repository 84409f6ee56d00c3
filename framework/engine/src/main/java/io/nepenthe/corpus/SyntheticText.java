package io.nepenthe.corpus;

import io.nepenthe.protocol.RandomStreams;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A corpus that needs no files: short articles on everyday themes, by a small grammar, in the rows
 * and spacing of WikiText. The same on every machine.
 *
 * @param split its name, from which its articles are drawn
 * @param characters how many it has at least
 */
record SyntheticText(String split, int characters) implements Text {
  static final String NAME = "synthetic";

  /** Goes up whenever the text changes: words, grammar or size. */
  private static final int VERSION = 1;

  private static final int TRAIN_CHARACTERS = 260_000;
  private static final int TEST_CHARACTERS = 43_000;

  /** Returns the corpus. */
  static Corpus corpus() {
    SortedMap<String, Text> texts = new TreeMap<>();
    texts.put(SplitFile.TRAIN, new SyntheticText(SplitFile.TRAIN, TRAIN_CHARACTERS));
    texts.put(SplitFile.VALIDATION, new SyntheticText(SplitFile.VALIDATION, TEST_CHARACTERS));
    texts.put(SplitFile.TEST, new SyntheticText(SplitFile.TEST, TEST_CHARACTERS));
    return new Corpus(NAME, "built in, needs no files", "generated", texts);
  }

  @Override
  public String identity() {
    return NAME + " " + VERSION;
  }

  @Override
  public long bytes() {
    return characters;
  }

  @Override
  public void forEach(RowSink sink) throws IOException {
    SyntheticArticle articles =
        new SyntheticArticle(new SyntheticWords(), new RandomStreams(VERSION).stream(split));
    int written = 0;
    while (written < characters) {
      for (String row : articles.next()) {
        written += row.length();
        sink.accept(row, Math.min(written, characters));
      }
    }
  }
}
