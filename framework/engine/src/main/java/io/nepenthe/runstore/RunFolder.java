package io.nepenthe.runstore;

import io.nepenthe.files.Folders;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of a run, told from any other: nothing is written into a folder of other files, and of
 * a run's nothing is deleted but what runs made there.
 */
public final class RunFolder {
  /** Whoever works on a run holds a lock on this file; what it says marks the folder. */
  public static final String LOCK = "lock";

  private static final String MARK = "The folder of a nepenthe run.\n";
  private static final String TEMPORARY = "tmp";
  private static final String PREFIX = "mitigated-";

  /** As {@link Files#createTempDirectory} names them. */
  private static final Pattern MADE_HERE = Pattern.compile(PREFIX + "\\d+");

  private final Path folder;

  /** Does nothing yet. */
  public RunFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Does nothing if the folder is missing, empty or a run's.
   *
   * @throws NepentheException with IO if it holds something else
   */
  public void requireOwn() {
    OwnFolder.require(folder, "run", "--out", place -> isRun() || isJustBegun());
  }

  /**
   * Makes the folder a run's, unless it is one.
   *
   * @throws NepentheException with IO if it holds something else, or cannot be written
   */
  public void claim() {
    requireOwn();
    try {
      Folders.make(folder);
      Path lock = folder.resolve(LOCK);
      if (!Files.exists(lock) || Files.size(lock) == 0) {
        Files.writeString(lock, MARK); // in place: another process may hold a lock on it
      }
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO,
          "cannot write to " + folder + " (" + e + "). Give --out a folder you may write to.",
          e);
    }
  }

  /**
   * Returns true if the folder is a run's: it says so, or, if that was lost or never written, one
   * of its results does. Not to be asked by a process that holds the folder's lock: it would lose
   * the lock by closing the file.
   */
  boolean isRun() throws IOException {
    return holdsRun() || OwnFolder.beginning(folder.resolve(LOCK)).equals(MARK);
  }

  /** Returns true if one of the results says that it is a run's. */
  boolean holdsRun() throws IOException {
    return OwnFolder.saysSchema(folder.resolve("run.json"), "nepenthe-run")
        || isAny("trials", "nepenthe-trial")
        || isAny("originals", "nepenthe-original");
  }

  private boolean isAny(String part, String schema) throws IOException {
    Path place = folder.resolve(part);
    if (!Files.isDirectory(place)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(place, "*.json")) {
      for (Path file : files) {
        if (OwnFolder.saysSchema(file, schema)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A run that starts at the same moment has made the lock's file, and nothing in it yet. */
  private boolean isJustBegun() throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList().equals(List.of(folder.resolve(LOCK)))
          && Files.size(folder.resolve(LOCK)) == 0;
    }
  }

  /**
   * Returns a new folder for what is of use only while the run goes on. Where a method has put
   * something else in place of the folder that holds such, that goes.
   */
  public Path newTemporary() throws IOException {
    Path place = folder.resolve(TEMPORARY);
    if (!Files.isDirectory(place)) {
      Files.deleteIfExists(place);
    }
    Folders.make(place);
    return Files.createTempDirectory(place, PREFIX);
  }

  /**
   * Deletes the temporary folders that a killed run left, and nothing beside them. What a method
   * made so that it cannot be deleted stays, and is in nobody's way.
   */
  public void deleteTemporary() throws IOException {
    Path place = folder.resolve(TEMPORARY);
    if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
      for (Path entry : entries) {
        if (MADE_HERE.matcher(entry.getFileName().toString()).matches()) {
          Folders.tryToDelete(entry);
        }
      }
    }
    if (Folders.isFree(place)) {
      Files.delete(place);
    }
  }
}
