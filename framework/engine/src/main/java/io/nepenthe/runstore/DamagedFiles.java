package io.nepenthe.runstore;

import io.nepenthe.files.Folders;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What becomes of a folder's damaged files: who only reads the folder is told of each once, who
 * writes it moves them to {@code damaged/}. Either way they count as not there.
 */
final class DamagedFiles {
  private final Path folder;
  private final Consumer<String> warnings;
  private final Set<Path> left = new HashSet<>(); // guarded by this
  private volatile boolean areSetAside;

  DamagedFiles(Path folder, Consumer<String> warnings) {
    this.folder = folder;
    this.warnings = warnings;
  }

  void setAsideFromNow() {
    areSetAside = true;
  }

  boolean areSetAside() {
    return areSetAside;
  }

  /** Returns those that were left where they are, by their path in the folder. */
  synchronized List<String> left() {
    return left.stream()
        .map(file -> folder.relativize(file).toString().replace('\\', '/'))
        .sorted()
        .toList();
  }

  /** Tells of a file, and sets it aside or leaves it. */
  synchronized void report(Path file, String why) {
    String what = "result file " + file + " is damaged (" + why + "); ";
    if (areSetAside) {
      warnings.accept(
          what + "set aside as " + setAside(file) + ", what it held counts as not measured");
    } else if (left.add(file)) {
      warnings.accept(
          what
              + "what it held counts as not measured. 'nepenthe run' into that folder measures it"
              + " again");
    }
  }

  private Path setAside(Path file) {
    Path aside = folder.resolve("damaged").resolve(UUID.randomUUID() + "-" + file.getFileName());
    try {
      Folders.make(aside.getParent());
      return Files.move(file, aside);
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO, "cannot set aside the damaged " + file + " (" + e + ")", e);
    }
  }
}
