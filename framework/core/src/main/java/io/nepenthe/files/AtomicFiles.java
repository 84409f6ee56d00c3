package io.nepenthe.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files that appear whole or not at all, whenever the process is killed. */
public final class AtomicFiles {
  private AtomicFiles() {}

  /** Writes the content of a file to a path. */
  @FunctionalInterface
  public interface Content {
    /** Writes to a new file of that path. */
    void writeTo(Path file) throws IOException;
  }

  /** Writes a temporary file beside the target, forces it to disk, and renames it. */
  public static void write(Path file, Content content) throws IOException {
    Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      content.writeTo(part);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Writes text. */
  public static void write(Path file, String text) throws IOException {
    write(file, part -> Files.writeString(part, text, StandardCharsets.UTF_8));
  }
}
