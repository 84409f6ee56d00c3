package io.nepenthe.checkpoint;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.protocol.OneLine;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The fault of a model folder, in one line that begins with the file. */
final class BadModel {
  private BadModel() {}

  static NepentheException of(Path file, String what) {
    return of(file, what, null);
  }

  /** A file that is there, but cannot be read, may be sound. */
  static NepentheException unreadable(Path file, IOException cause) {
    String why =
        cause instanceof AccessDeniedException
            ? "permission to read it is missing"
            : "cannot be read (" + cause + ")";
    return new NepentheException(ErrorCode.IO, file + ": " + why, cause);
  }

  static NepentheException of(Path file, String what, @Nullable Exception cause) {
    return new NepentheException(ErrorCode.BAD_CHECKPOINT, file + ": " + OneLine.of(what), cause);
  }
}
