package io.nepenthe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A copy of a folder, so that what tests need alike is made once. */
final class FolderCopy {
  private FolderCopy() {}

  /** Copies all files and folders of a folder to where there is none. */
  static void of(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }
}
