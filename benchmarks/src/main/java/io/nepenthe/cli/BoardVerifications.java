package io.nepenthe.cli;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.submission.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The verifications in a board's folder, by the hash of the archive that they are of: of any other
 * file they say nothing.
 */
final class BoardVerifications {
  private static final String SUFFIX = "verification.json";

  private final Map<String, Verification> byHash = new TreeMap<>();

  private BoardVerifications() {}

  /** Reads the files whose names end with verification.json. */
  static BoardVerifications in(Path folder) {
    BoardVerifications all = new BoardVerifications();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(each -> each.getFileName().toString().endsWith(SUFFIX))
          .sorted()
          .forEach(all::add);
      return all;
    } catch (IOException e) {
      throw new NepentheException(ErrorCode.IO, "cannot list " + folder + " (" + e + ")", e);
    }
  }

  private void add(Path file) {
    Verification read = Verification.read(file);
    if (byHash.put(read.sha256(), read) != null) {
      throw new NepentheException(
          ErrorCode.STORE_CORRUPT,
          file + " is a second verification of one archive. Remove one of them.");
    }
  }

  /** Returns what is said of an archive. */
  Optional<Verification> of(String sha256) {
    return Optional.ofNullable(byHash.get(sha256));
  }
}
