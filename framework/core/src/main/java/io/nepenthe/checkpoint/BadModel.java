package io.nepenthe.checkpoint;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The fault of a model folder, in one line that begins with the file. */
final class BadModel {
  private BadModel() {}

  static NepentheException of(Path file, String what) {
    return of(file, what, null);
  }

  static NepentheException of(Path file, String what, @Nullable Exception cause) {
    return new NepentheException(ErrorCode.BAD_CHECKPOINT, file + ": " + what, cause);
  }
}
