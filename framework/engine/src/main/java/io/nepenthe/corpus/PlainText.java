package io.nepenthe.corpus;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Lines of plain files. A blank line is an empty row, as in the Hugging Face form of WikiText.
 *
 * @param files read one after the other
 * @param from offset, in all files together, from which on lines are taken
 * @param to offset at which the first line begins that is not taken
 */
record PlainText(SourceFiles files, long from, long to) implements Text {
  /** Returns all lines. */
  static PlainText all(SourceFiles files) {
    return new PlainText(files, 0, Long.MAX_VALUE);
  }

  /** Returns the lines that begin in the first nine tenths of the bytes. */
  static PlainText withoutLastTenth(SourceFiles files) {
    return new PlainText(files, 0, cut(files));
  }

  /** Returns the lines that begin in the last tenth of the bytes. */
  static PlainText lastTenth(SourceFiles files) {
    return new PlainText(files, cut(files), Long.MAX_VALUE);
  }

  private static long cut(SourceFiles files) {
    long bytes = files.bytes();
    return bytes - bytes / 10;
  }

  @Override
  public String identity() {
    return "lines from " + from + " to " + to + "\n" + files.identity();
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
      try (Utf8Lines lines = new Utf8Lines(file)) {
        for (String line = lines.next(); line != null; line = lines.next()) {
          long start = before + lines.lineStart();
          if (start >= from && start < to) {
            sink.accept(isBlank(line) ? "" : line, before + lines.position());
          }
        }
        before += lines.position();
      }
    }
  }

  /** Returns true if Python's strip() would leave nothing. */
  private static boolean isBlank(String line) {
    return line.codePoints()
        .allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85);
  }
}
