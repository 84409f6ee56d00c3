package io.nepenthe.corpus;

import io.nepenthe.files.WrongContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files that a split consists of, in the order of their names.
 *
 * @param folder the corpus
 * @param files relative to the folder
 */
record SourceFiles(Path folder, List<Path> files) {
  SourceFiles {
    files = files.stream().sorted().toList();
  }

  List<Path> paths() {
    return files.stream().map(folder::resolve).toList();
  }

  /** Returns the hashes of the files' content, in order. */
  String identity() {
    return paths().stream().map(FileHashes::of).collect(Collectors.joining("\n"));
  }

  long bytes() {
    return paths().stream().mapToLong(SourceFiles::size).sum();
  }

  /** Returns the size of a file. */
  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw BadData.unreadable(file, e);
    }
  }

  /** Refuses empty files, and what Git leaves in the place of large ones. */
  void requireContent() {
    for (Path file : paths()) {
      if (size(file) == 0) {
        throw BadData.of(file + " is empty. Restore it, or remove it.");
      }
      if (isLfsPointer(file)) {
        throw BadData.of(
            file + " is a Git LFS pointer in place of the file. Get it by 'git lfs pull'.");
      }
    }
  }

  private static boolean isLfsPointer(Path file) {
    try {
      return WrongContent.isLfsPointer(file);
    } catch (IOException e) {
      throw BadData.unreadable(file, e);
    }
  }
}
