package io.nepenthe.report;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.runstore.OwnFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files that a report, or a board, has in its folder, by a list that lies beside them. What an
 * earlier report wrote and the next does not is deleted; a file that no report wrote is never
 * touched, nor one that a list names which no report wrote.
 */
public final class OwnedFiles {
  static final String REPORT = "report";

  /** Name of the list. */
  static final String LIST = "manifest.txt";

  /** The list's first line: other programs have lists of this name too. */
  private static final String HEADING = "# files of a nepenthe ";

  private final Path folder;
  private final String heading;
  private final Set<String> before = new TreeSet<>();
  private final boolean hasList;

  /**
   * Reads the list of the one before, if there is one.
   *
   * @param kind what the files make, as "report"
   */
  public OwnedFiles(Path folder, String kind) throws IOException {
    this.folder = folder;
    this.heading = HEADING + kind;
    this.hasList = areIn(folder, kind);
    if (hasList) {
      Files.readString(folder.resolve(LIST))
          .lines()
          .skip(1)
          .filter(this::isInside)
          .forEach(before::add);
    }
  }

  /** Returns true if one of that kind has written the folder. */
  public static boolean areIn(Path folder, String kind) throws IOException {
    return OwnFolder.beginning(folder.resolve(LIST)).startsWith(HEADING + kind + "\n");
  }

  private boolean isInside(String name) {
    Path file = folder.resolve(name).normalize();
    return file.startsWith(folder.normalize()) && !file.equals(folder.normalize());
  }

  /**
   * Lists the files that are about to be written, so that none is ownerless after a crash.
   *
   * @throws FileAlreadyExistsException if one of that name was put beside the report by someone
   */
  public void claim(List<String> names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      if (hasList && !before.contains(name) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(
            file.toString(), null, "no report wrote it: move it away");
      }
    }
    Set<String> all = new TreeSet<>(before);
    all.addAll(names);
    write(all);
  }

  /** Deletes what is listed beside the files that have now been written. */
  public void keepOnly(List<String> names) throws IOException {
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
    AtomicFiles.write(folder.resolve(LIST), heading + "\n" + String.join("\n", names) + "\n");
  }
}
