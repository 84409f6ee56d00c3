package io.nepenthe.checkpoint;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is wrong with a model folder, in one line that begins with the file. */
final class BadModel {
  private BadModel() {}

  static NepentheException of(Path file, String what) {
    return of(file, what, null);
  }

  static NepentheException of(Path file, String what, @Nullable Exception cause) {
    return new NepentheException(ErrorCode.BAD_CHECKPOINT, file + ": " + what, cause);
  }
}
