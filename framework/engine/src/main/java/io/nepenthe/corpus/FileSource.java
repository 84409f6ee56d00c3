package io.nepenthe.corpus;

import io.nepenthe.files.WrongContent;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.task.TextEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** A file of documents. */
abstract class FileSource implements Documents.Source {
  private static final String MARK = "\ufeff";

  final Path file;
  private final String name;

  FileSource(Path file, String name) {
    this.file = file;
    this.name = name;
  }

  @Override
  public final long bytes() {
    return SourceFiles.size(file);
  }

  @Override
  public final String state() {
    try {
      return name + " " + bytes() + " " + Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw BadData.unreadable(file, e);
    }
  }

  /** Refuses what downloads leave in the place of a file. */
  final void requireText() {
    try {
      Optional<String> other = WrongContent.of(file);
      if (other.isPresent()) {
        throw BadData.of(file + " " + other.get() + ".");
      }
    } catch (IOException e) {
      throw BadData.unreadable(file, e);
    }
  }

  /** Returns a line, the first without a byte order mark. */
  static String withoutMark(String line, long linesBefore) {
    return linesBefore == 0 && line.startsWith(MARK) ? line.substring(MARK.length()) : line;
  }

  final DocumentPart whole(long document, int[] ids) {
    return part(document, true, ids);
  }

  final DocumentPart part(long document, boolean begins, int[] ids) {
    return new DocumentPart(name, document, begins, ids, OptionalInt.empty());
  }

  final DocumentPart prompted(long document, int[] ids, OptionalInt prompt) {
    return new DocumentPart(name, document, true, ids, prompt);
  }

  final int[] encoded(Supplier<? extends TextEncoding> encoding, String text, String place) {
    try {
      return encoding.get().encode(text);
    } catch (IllegalArgumentException e) {
      throw BadData.of(place + " of " + file + " cannot be tokenized: " + e.getMessage() + ".", e);
    }
  }

  final NepentheException bad(long line, String what) {
    return BadData.of("line " + line + " of " + file + " " + what + ".");
  }
}
