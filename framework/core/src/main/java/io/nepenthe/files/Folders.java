package io.nepenthe.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/** Folders that appear whole or not at all, and go with all they hold. */
public final class Folders {
  private Folders() {}

  /**
   * Fills a temporary folder beside the target and renames it, so that a killed process leaves no
   * half-filled target.
   *
   * @param folder does not exist yet, or is empty
   * @param content fills the folder it is given
   */
  public static void write(Path folder, AtomicFiles.Content content) throws IOException {
    Path target = folder.toAbsolutePath();
    Path part =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      Files.createDirectories(part);
      content.writeTo(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(part);
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
    if (!Files.isDirectory(folder)) {
      return !Files.exists(folder);
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }
}
