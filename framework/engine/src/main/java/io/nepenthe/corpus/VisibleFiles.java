package io.nepenthe.corpus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a folder and of those in it; what a name with a dot first hides is left out. */
final class VisibleFiles {
  private VisibleFiles() {}

  /**
   * Returns the files' paths from the folder, in their order.
   *
   * @throws io.nepenthe.protocol.NepentheException if the folder cannot be read, or leads back to
   *     itself
   */
  static List<Path> in(Path folder) {
    try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(path -> !Files.isDirectory(path))
          .map(folder::relativize)
          .filter(VisibleFiles::isVisible)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw BadData.unreadable(folder, e);
    } catch (UncheckedIOException e) {
      throw BadData.unreadable(folder, e.getCause());
    }
  }

  private static boolean isVisible(Path file) {
    for (Path part : file) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }
}
