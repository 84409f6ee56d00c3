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
    Path parent = existing(path().getParent());
    try {
      if (parent == null || !Files.isDirectory(parent) || !Files.isWritable(parent)) {
        throw cannotWrite("no folder can be made there", null);
      }
      if (!Folders.isFree(path())) {
        throw new NepentheException(
            ErrorCode.IO,
            given + " is not empty. Give " + option + " a new folder, or remove this one.");
      }
    } catch (IOException e) {
      throw cannotWrite(e.toString(), e);
    }
  }

  private static @Nullable Path existing(@Nullable Path folder) {
    return folder == null || Files.exists(folder) ? folder : existing(folder.getParent());
  }

  /** Writes the folder. */
  void write(AtomicFiles.Content content) {
    try {
      Folders.write(path(), content);
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
