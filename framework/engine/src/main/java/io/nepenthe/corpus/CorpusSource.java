package io.nepenthe.corpus;

import io.nepenthe.task.TextEncoding;
import java.io.IOException;
import java.util.OptionalInt;

/** A part of a corpus as one document: its rows, each tokenized on its own, follow each other. */
final class CorpusSource implements Documents.Source {
  private final String name;
  private final Text text;
  private final TextEncoding encoding;

  CorpusSource(Corpus corpus, String split, TextEncoding encoding) {
    this.name = corpus.name() + "/" + split;
    this.text = corpus.text(split);
    this.encoding = encoding;
  }

  @Override
  public long bytes() {
    return text.bytes();
  }

  @Override
  public String state() {
    return name + " " + text.identity();
  }

  @Override
  public void forEach(Documents.Sink sink) throws IOException {
    boolean[] begins = {true};
    text.forEach(
        (row, bytesRead) -> {
          int[] ids = encoding.encode(row);
          sink.accept(new DocumentPart(name, 0, begins[0], ids, OptionalInt.empty()), bytesRead);
          begins[0] = false;
        });
  }
}
