package io.nepenthe.corpus;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The column {@code text} of Parquet files.
 *
 * @param files read one after the other
 */
record ParquetText(SourceFiles files) implements Text {
  @Override
  public String identity() {
    return "parquet\n" + files.identity();
  }

  @Override
  public long bytes() {
    return files.bytes();
  }

  @Override
  public void forEach(RowSink sink) throws IOException {
    files.requireContent();
    long before = 0;
    for (Path file : files.paths()) {
      long start = before;
      long size = SourceFiles.size(file);
      try (ParquetFile parquet = new ParquetFile(file)) {
        long rows = parquet.rows();
        long[] done = {0};
        parquet.forEach(row -> sink.accept(row, start + (long) ((double) size * ++done[0] / rows)));
      }
      before += size;
    }
  }
}
