package io.nepenthe.cli;

import io.nepenthe.checkpoint.AtomicFiles;
import io.nepenthe.checkpoint.Folders;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The {@code --out} option of a command that makes a new folder, whole or not at all. */
final class OutOption {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder to write; must not exist, or be empty.")
  private Path out = Path.of(".");

  /** Returns the folder, absolute. */
  Path path() {
    return out.toAbsolutePath().normalize();
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
            ErrorCode.IO, out + " is not empty. Give --out a new folder, or remove this one.");
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
        "cannot write to " + out + " (" + why + "). Give --out another folder.",
        cause);
  }
}
