package io.nepenthe.worker;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** The lines of a stream, cut where they are too long to be kept in memory. */
final class BoundedLines {
  private final Reader in;
  private final int longest;

  BoundedLines(Reader in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /**
   * Returns the next line, no more than the longest one's characters of it; null at the end. What
   * comes after the last line's end is none: its writer was ended in the middle of it.
   */
  @Nullable String next() throws IOException {
    StringBuilder line = new StringBuilder();
    int read = in.read();
    while (read >= 0 && read != '\n') {
      if (line.length() < longest) {
        line.append((char) read);
      }
      read = in.read();
    }
    return read < 0 ? null : line.toString();
  }
}
