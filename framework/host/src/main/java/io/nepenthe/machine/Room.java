package io.nepenthe.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Whether a folder can take a file: what another process says of a disk, this one sees itself. */
public final class Room {
  private static final int PIECE = 1 << 20;

  private Room() {}

  /** Returns true if so many bytes can be written into the folder; they are gone again then. */
  public static boolean isIn(Path folder, long bytes) {
    Path probe = folder.resolve(".room-" + UUID.randomUUID());
    ByteBuffer zeros = ByteBuffer.allocate(PIECE);
    try {
      Files.createDirectories(folder);
      try (SeekableByteChannel out =
          Files.newByteChannel(
              probe,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        for (long left = bytes; left > 0; left -= zeros.limit()) {
          zeros.clear().limit((int) Math.min(left, PIECE));
          while (zeros.hasRemaining()) {
            out.write(zeros);
          }
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
