package io.nepenthe.corpus;

import io.nepenthe.task.TextEncoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A Parquet file, of which a column holds a text or a list of ids in every row. */
final class ParquetSource extends FileSource {
  private final String column;
  private final Supplier<? extends TextEncoding> encoding;

  ParquetSource(Path file, String name, String column, Supplier<? extends TextEncoding> encoding) {
    super(file, name);
    this.column = column;
    this.encoding = encoding;
  }

  @Override
  public void forEach(Documents.Sink sink) throws IOException {
    try (ParquetFile parquet = new ParquetFile(file, column)) {
      double bytesOfRow = (double) bytes() / parquet.rows();
      long[] document = {0};
      ParquetFile.IdSink next =
          ids -> {
            long number = document[0]++;
            sink.accept(whole(number, ids), (long) (bytesOfRow * document[0]));
          };
      if (parquet.holdsIds()) {
        parquet.forEachIds(next);
      } else {
        parquet.forEach(text -> next.accept(encoded(encoding, text, "row " + document[0])));
      }
    }
  }
}
