package io.nepenthe.cli;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.files.Folders;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a command makes, whole or not at all.
 *
 * @param option by which it was given
 * @param given as it was given
 */
record NewFolder(String option, Path given) {
  /** Returns the folder, absolute. */
  Path path() {
    return given.toAbsolutePath().normalize();
  }

  /** Tells before the work is done what would prevent writing after it. */
  void requireFree() {
    try {
      if (!Folders.isFree(path())) {
        throw new NepentheException(
            ErrorCode.IO,
            given + taken() + ". Give " + option + " a new folder, or remove this one.");
      }
      Path place = existing(path());
      if (place == null || !Files.isDirectory(place) || !Files.isWritable(place)) {
        throw cannotWrite("no folder can be made there", null);
      }
    } catch (IOException e) {
      throw cannotWrite(e.toString(), e);
    }
  }

  private String taken() throws IOException {
    if (Folders.isUnfinished(path())) {
      return " is half-filled, by a command that was ended";
    }
    return Files.isDirectory(path())
        ? " is not empty"
        : Files.exists(path()) ? " is a file" : " is a link to nothing";
  }

  private static @Nullable Path existing(@Nullable Path folder) {
    return folder == null || Files.exists(folder) ? folder : existing(folder.getParent());
  }

  /** Writes the folder. */
  void write(AtomicFiles.Content content) {
    make(folder -> Folders.write(folder, content));
  }

  /** Has the folder made by what makes it whole or not at all. */
  void make(AtomicFiles.Content maker) {
    try {
      maker.writeTo(path());
    } catch (IOException e) {
      throw cannotWrite(e.toString(), e);
    }
  }

  private NepentheException cannotWrite(String why, @Nullable IOException cause) {
    return new NepentheException(
        ErrorCode.IO,
        "cannot write to " + given + " (" + why + "). Give " + option + " another folder.",
        cause);
  }
}
