package io.nepenthe.corpus;

import io.nepenthe.task.TextEncoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Plain text. A document that is a whole file is tokenized in pieces that end where a line does, so
 * that memory stays constant; a token that would reach over the end of a piece is cut there.
 */
final class TextSource extends FileSource {
  static final int PIECE = 1 << 16;

  private final boolean lineByLine;
  private final Supplier<? extends TextEncoding> encoding;

  TextSource(
      Path file, String name, boolean lineByLine, Supplier<? extends TextEncoding> encoding) {
    super(file, name);
    this.lineByLine = lineByLine;
    this.encoding = encoding;
  }

  @Override
  public void forEach(Documents.Sink sink) throws IOException {
    requireText();
    try (Utf8Lines lines = new Utf8Lines(file)) {
      if (lineByLine) {
        line(lines, sink);
      } else {
        whole(lines, sink);
      }
    }
  }

  private void line(Utf8Lines lines, Documents.Sink sink) throws IOException {
    long document = 0;
    long number = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      String text = withoutMark(line, number++);
      if (!text.isBlank()) {
        int[] ids = encoded(encoding, withoutEnd(text), "line " + number);
        sink.accept(whole(document++, ids), lines.position());
      }
    }
  }

  private static String withoutEnd(String line) {
    return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
  }

  private void whole(Utf8Lines lines, Documents.Sink sink) throws IOException {
    StringBuilder piece = new StringBuilder();
    boolean begins = true;
    long number = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      piece.append(withoutMark(line, number++));
      if (piece.length() >= PIECE) {
        sink.accept(part(0, begins, encoded(piece, lines)), lines.position());
        piece.setLength(0);
        begins = false;
      }
    }
    if (!piece.isEmpty()) {
      sink.accept(part(0, begins, encoded(piece, lines)), lines.position());
    }
  }

  private int[] encoded(StringBuilder piece, Utf8Lines lines) {
    return encoded(encoding, piece.toString(), "the text up to byte " + lines.position());
  }
}
