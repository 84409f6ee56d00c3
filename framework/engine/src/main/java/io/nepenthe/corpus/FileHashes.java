package io.nepenthe.corpus;

import io.nepenthe.protocol.ContentHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hashes of the content of files, each computed once in this process as long as nothing tells that
 * the file has changed. Thread-safe.
 */
final class FileHashes {
  private static final Map<Path, Known> KNOWN = new ConcurrentHashMap<>();

  /** What changed later may change again without another time of change. */
  private static final long CERTAIN_MILLIS = 2000;

  private FileHashes() {}

  /** Everything that tells of a change; the last is set by no program. */
  private record State(long size, FileTime modified, Object key, FileTime changed) {
    static Optional<State> of(Path file) throws IOException {
      if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
        return Optional.empty();
      }
      Map<String, Object> found =
          Files.readAttributes(file, "unix:size,lastModifiedTime,fileKey,ctime");
      return Optional.of(
          new State(
              (long) found.get("size"),
              (FileTime) found.get("lastModifiedTime"),
              found.get("fileKey"),
              (FileTime) found.get("ctime")));
    }

    boolean isCertain() {
      return changed.toMillis() + CERTAIN_MILLIS < System.currentTimeMillis();
    }
  }

  private record Known(State state, String hash) {}

  /** Returns the hash of a file's content. */
  static String of(Path file) {
    try {
      Optional<State> before = State.of(file).filter(State::isCertain);
      Known known = KNOWN.get(file.toAbsolutePath());
      if (known != null && before.equals(Optional.of(known.state()))) {
        return known.hash();
      }
      String hash = ContentHash.ofFile(file);
      if (before.isPresent() && State.of(file).equals(before)) {
        KNOWN.put(file.toAbsolutePath(), new Known(before.get(), hash));
      }
      return hash;
    } catch (IOException e) {
      throw BadData.unreadable(file, e);
    } catch (UncheckedIOException e) {
      throw BadData.unreadable(file, e.getCause());
    }
  }
}
