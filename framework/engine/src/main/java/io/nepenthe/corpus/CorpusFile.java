package io.nepenthe.corpus;

import io.nepenthe.protocol.ContentHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of a known corpus, and what tells it from any other.
 *
 * @param name its file name
 * @param bytes its size
 * @param sha256 the hash of its content
 */
public record CorpusFile(String name, long bytes, String sha256) {
  /** Returns true if that very file lies at a path. */
  boolean isAt(Path path) {
    try {
      return Files.isRegularFile(path)
          && Files.size(path) == bytes
          && ContentHash.ofFile(path).equals(sha256);
    } catch (IOException e) {
      throw BadData.unreadable(path, e);
    } catch (UncheckedIOException e) {
      throw BadData.unreadable(path, e.getCause());
    }
  }
}
