package io.nepenthe.corpus;

import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What can be wrong with the files of a corpus. */
final class BadData {
  private BadData() {}

  static NepentheException of(String what) {
    return new NepentheException(ErrorCode.BAD_DATA, what);
  }

  static NepentheException of(String what, Exception cause) {
    return new NepentheException(ErrorCode.BAD_DATA, what, cause);
  }

  static NepentheException unreadable(Path file, IOException e) {
    String why =
        e instanceof AccessDeniedException
            ? "permission denied"
            : e instanceof NoSuchFileException ? "it is gone" : e.toString();
    return of("cannot read " + file + " (" + why + "). Make it readable, or restore it.", e);
  }
}
