package io.nepenthe.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that a split consists of, in the order of their names.
 *
 * @param folder the corpus
 * @param files relative to the folder
 */
record SourceFiles(Path folder, List<Path> files) {
  private static final Pattern SHARD = Pattern.compile("(.*-)(\\d{5})-of-(\\d{5})(\\..*)");

  SourceFiles {
    files = files.stream().sorted().toList();
  }

  List<Path> paths() {
    return files.stream().map(folder::resolve).toList();
  }

  /** Returns name, size and time of change of every file. */
  String identity() {
    StringBuilder identity = new StringBuilder();
    for (Path file : files) {
      Path path = folder.resolve(file);
      try {
        identity
            .append(file.toString().replace('\\', '/'))
            .append(' ')
            .append(Files.size(path))
            .append(' ')
            .append(Files.getLastModifiedTime(path).toMillis())
            .append('\n');
      } catch (IOException e) {
        throw BadData.unreadable(path, e);
      }
    }
    return identity.toString();
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

  /** Refuses a split of which a part is not there, and empty files. */
  void requireComplete() {
    TreeSet<Path> there = new TreeSet<>(files);
    for (Path file : files) {
      if (size(folder.resolve(file)) == 0) {
        throw BadData.of(folder.resolve(file) + " is empty. Restore it, or remove it.");
      }
      Matcher shard = SHARD.matcher(file.getFileName().toString());
      for (int i = 0; shard.matches() && i < Integer.parseInt(shard.group(3)); i++) {
        Path part =
            file.resolveSibling(
                shard.group(1)
                    + String.format("%05d", i)
                    + "-of-"
                    + shard.group(3)
                    + shard.group(4));
        if (!there.contains(part)) {
          throw BadData.of(
              folder.resolve(part) + " is missing, and " + file + " needs it. Add that file.");
        }
      }
    }
  }
}
