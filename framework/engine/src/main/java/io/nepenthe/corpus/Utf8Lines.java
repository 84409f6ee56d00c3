package io.nepenthe.corpus;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a UTF-8 file, as the reference's Python reads them: each ends with a newline,
 * whether the file has "\n", "\r\n" or "\r"; the last may have none.
 */
final class Utf8Lines implements Closeable {
  static final int LONGEST_LINE = 1 << 24;

  private final Path file;
  private final InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final byte[] block = new byte[1 << 16];
  private int inBlock;
  private int next;
  private long blockStart;

  private byte[] line = new byte[1 << 12];
  private int length;
  private CharBuffer chars = CharBuffer.allocate(1 << 12);
  private long lines;
  private long lineStart;

  Utf8Lines(Path file) {
    this.file = file;
    try {
      this.in = Files.newInputStream(file);
    } catch (IOException e) {
      throw BadData.unreadable(file, e);
    }
  }

  /** Returns the next line; null at the end. */
  @Nullable String next() {
    lineStart = position();
    length = 0;
    int read = read();
    while (read >= 0 && read != '\n' && read != '\r') {
      append((byte) read);
      read = read();
    }
    if (read == '\r' && peek() == '\n') {
      read();
    }
    if (read >= 0) {
      append((byte) '\n');
    }
    lines++;
    return length == 0 ? null : decoded();
  }

  /** Returns where in the file the line that was returned last begins. */
  long lineStart() {
    return lineStart;
  }

  /** Returns how many bytes of the file were read. */
  long position() {
    return blockStart + next;
  }

  private int read() {
    int read = peek();
    if (read >= 0) {
      next++;
    }
    return read;
  }

  private int peek() {
    if (next == inBlock) {
      blockStart += inBlock;
      next = 0;
      try {
        inBlock = Math.max(in.read(block), 0);
      } catch (IOException e) {
        throw BadData.unreadable(file, e);
      }
    }
    return next < inBlock ? block[next] & 0xff : -1;
  }

  private void append(byte read) {
    if (length == line.length) {
      if (length >= LONGEST_LINE) {
        throw BadData.of(
            String.format(
                "line %d of %s is longer than %d bytes. Break it into paragraphs.",
                lines + 1, file, LONGEST_LINE));
      }
      line = Arrays.copyOf(line, 2 * length);
    }
    line[length++] = read;
  }

  private String decoded() {
    if (chars.capacity() < length) {
      chars = CharBuffer.allocate(line.length);
    }
    chars.clear();
    ByteBuffer bytes = ByteBuffer.wrap(line, 0, length);
    CoderResult result = decoder.reset().decode(bytes, chars, true);
    if (result.isError()) {
      throw BadData.of(
          String.format(
              "%s is no UTF-8 text: byte 0x%02X at offset %d, in line %d. Convert it to UTF-8.",
              file, line[bytes.position()], lineStart + bytes.position(), lines));
    }
    return chars.flip().toString();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
