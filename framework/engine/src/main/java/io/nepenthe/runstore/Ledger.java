package io.nepenthe.runstore;

import io.nepenthe.protocol.ContentHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the files of a run hold, as the process knows that writes it: it has read them when it began
 * or written them itself. Kept in memory, where no other process can make it fit a file that it has
 * changed; a key would do the same.
 */
final class Ledger {
  private final Map<Path, byte[]> hashes = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Enters a file; before the first is written, those that are there. */
  void enter(Path file, byte[] content) {
    hashes.put(key(file), ContentHash.digest(content));
  }

  void enter(Path file, String content) {
    enter(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** From now on, only what this process writes is entered. */
  void close() {
    closed = true;
  }

  /** Returns what speaks against a file's content, in words. */
  Optional<String> objection(Path file, byte[] content) {
    if (!closed) {
      return Optional.empty();
    }
    byte[] known = hashes.get(key(file));
    if (known == null) {
      return Optional.of("it was put there by something else while the run went on");
    }
    return MessageDigest.isEqual(known, ContentHash.digest(content))
        ? Optional.empty()
        : Optional.of("something else changed it while the run went on");
  }

  private static Path key(Path file) {
    return file.toAbsolutePath().normalize();
  }
}
