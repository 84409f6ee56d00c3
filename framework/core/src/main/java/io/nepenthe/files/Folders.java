package io.nepenthe.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Folders that appear whole or not at all, and go with all they hold. */
public final class Folders {
  private static final Pattern PART = Pattern.compile("\\..*\\.[0-9a-f-]{36}\\.part");

  private Folders() {}

  /**
   * Fills a temporary folder and renames it, so that a killed process leaves no half-filled target.
   * An empty folder stays the one it is, because it may be a mount point, lie behind a link or be
   * the working directory: what it is to hold is made in a folder within, and moved up when it is
   * whole. That inner folder goes last, so {@link #isUnfinished} tells if the process was killed
   * meanwhile.
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

  /**
   * Returns true if a killed process left a folder half-filled, and so must nobody take it for
   * whole.
   */
  public static boolean isUnfinished(Path folder) throws IOException {
    return Files.isDirectory(folder)
        && entries(folder).stream()
            .anyMatch(entry -> PART.matcher(entry.getFileName().toString()).matches());
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
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
  }

  /** Removes a temporary folder, as far as that goes. */
  public static void tryToDelete(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      // who made it wanted it to stay, or something is still being written there
    }
  }

  /** Returns true if nothing would be lost by writing there: it is missing, or empty. */
  public static boolean isFree(Path folder) throws IOException {
    return Files.isDirectory(folder)
        ? entries(folder).isEmpty()
        : !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
  }
}
