package io.nepenthe.report;

import io.nepenthe.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files that a report has in its folder, by a list that lies beside them. What an earlier
 * report wrote and the next does not is deleted; a file that no report wrote is never touched.
 */
final class OwnedFiles {
  /** Name of the list. */
  static final String LIST = "manifest.txt";

  private final Path folder;
  private final Set<String> before = new TreeSet<>();

  /** Reads the list of the report before, if there is one. */
  OwnedFiles(Path folder) throws IOException {
    this.folder = folder;
    Path list = folder.resolve(LIST);
    if (Files.isRegularFile(list, LinkOption.NOFOLLOW_LINKS)) {
      Files.readString(list).lines().filter(this::isInside).forEach(before::add);
    }
  }

  private boolean isInside(String name) {
    Path file = folder.resolve(name).normalize();
    return file.startsWith(folder.normalize()) && !file.equals(folder.normalize());
  }

  /** Lists the files that are about to be written, so that none is ownerless after a crash. */
  void claim(List<String> names) throws IOException {
    Set<String> all = new TreeSet<>(before);
    all.addAll(names);
    write(all);
  }

  /** Deletes what is listed beside the files that have now been written. */
  void keepOnly(List<String> names) throws IOException {
    Set<String> now = new TreeSet<>(names);
    for (String name : before) {
      Path file = folder.resolve(name);
      if (!now.contains(name) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(file);
      }
    }
    write(now);
  }

  private void write(Set<String> names) throws IOException {
    AtomicFiles.write(folder.resolve(LIST), String.join("\n", names) + "\n");
  }
}
