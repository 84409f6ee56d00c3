package io.nepenthe.corpus;

import java.io.IOException;

/** The text of one split: rows, each of which is tokenized on its own. */
interface Text {
  /** Returns words that are equal only if the rows are: hashes of the files, or a version. */
  String identity();

  /** Returns about how many bytes there are to read, for progress. */
  long bytes();

  /** Hands out the rows in order, in constant memory. */
  void forEach(RowSink sink) throws IOException;

  /** Receives rows. */
  @FunctionalInterface
  interface RowSink {
    /**
     * Takes the next row.
     *
     * @param row may be empty
     * @param bytesRead how much of {@link Text#bytes} is read by now
     */
    void accept(String row, long bytesRead) throws IOException;
  }
}
