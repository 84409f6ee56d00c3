package io.nepenthe.files;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Folders that appear whole or not at all, and go with all they hold. */
public final class Folders {
  private Folders() {}

  /**
   * Fills a temporary folder and renames it, so that a killed process leaves no half-filled target.
   * An empty folder stays the one it is, because it may be a mount point or lie behind a link: what
   * it is to hold is made within, and moved up when it is whole.
   *
   * @param folder does not exist yet, or is empty
   * @param content fills the folder it is given
   */
  public static void write(Path folder, AtomicFiles.Content content) throws IOException {
    Path target = folder.toAbsolutePath();
    boolean isThere = Files.isDirectory(target);
    if (isThere && !isFree(target)) {
      throw new DirectoryNotEmptyException(folder.toString());
    }
    String name = "." + target.getFileName() + "." + UUID.randomUUID() + ".part";
    Path part = isThere ? target.resolve(name) : target.resolveSibling(name);
    try {
      Files.createDirectories(part);
      content.writeTo(part);
      if (isThere) {
        moveAll(part, target);
      } else {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      delete(part);
    }
  }

  private static void moveAll(Path from, Path to) throws IOException {
    List<Path> moved = new ArrayList<>();
    try {
      for (Path entry : entries(from)) {
        Path place = to.resolve(entry.getFileName());
        Files.move(entry, place, StandardCopyOption.ATOMIC_MOVE);
        moved.add(place);
      }
    } catch (IOException e) {
      for (Path each : moved) {
        delete(each);
      }
      throw e;
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  /** Makes a folder with those above it; a link to a folder is one. */
  public static void make(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
  }

  /**
   * Removes a folder with all it holds; does nothing if there is none. Links go, and what they lead
   * to stays.
   */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Returns true if nothing would be lost by writing there: it is missing, or empty. */
  public static boolean isFree(Path folder) throws IOException {
    return Files.isDirectory(folder)
        ? entries(folder).isEmpty()
        : !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
  }
}
