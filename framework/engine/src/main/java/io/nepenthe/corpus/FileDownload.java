package io.nepenthe.corpus;

import io.nepenthe.protocol.ContentHash;
import io.nepenthe.protocol.NepentheException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Downloads single files. What came so far is beside the file, its name ending in ".part"; a
 * connection that breaks is opened again, as long as each brings something.
 */
final class FileDownload {
  private final Consumer<String> lines;
  private final RangeRequest request = new RangeRequest();

  FileDownload(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Returns words for what went wrong with a connection. */
  static String reason(IOException e) {
    return e instanceof ConnectException ? "no connection" : String.valueOf(e.getMessage());
  }

  /**
   * Downloads a file, or its rest.
   *
   * @throws IOException if the server does not give it
   * @throws NepentheException with BAD_DATA if what came has another checksum
   */
  void fetch(URI source, Path file) throws IOException, InterruptedException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Optional<String> sha256;
    try (FileChannel channel =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new IOException("another process downloads it");
      }
      sha256 = received(source, channel);
      channel.force(true);
    }
    verify(source, part, sha256);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    lines.accept(
        String.format(
            Locale.ROOT,
            "%s: %.1f MB, %s",
            file,
            Files.size(file) / 1e6,
            sha256.isPresent() ? "checksum is right" : "the server tells no checksum"));
  }

  /** Receives until the file is whole; returns the checksum that the server tells. */
  private Optional<String> received(URI source, FileChannel part)
      throws IOException, InterruptedException {
    while (true) {
      long before = part.size();
      try {
        return receive(source, part);
      } catch (IOException e) {
        if (part.size() <= before) {
          throw e;
        }
        lines.accept(source + ": " + reason(e) + "; goes on after " + part.size() + " bytes");
      }
    }
  }

  private Optional<String> receive(URI source, FileChannel part)
      throws IOException, InterruptedException {
    RangeRequest.Answer answer = request.send(source, part.size());
    try (InputStream body = answer.body()) {
      part.truncate(answer.from()).position(answer.from());
      ProgressLines progress =
          new ProgressLines(
              "downloading " + source.getPath().replaceAll(".*/", ""),
              answer.from(),
              lines,
              System::nanoTime);
      byte[] block = new byte[1 << 16];
      for (int read = body.read(block); read >= 0; read = body.read(block)) {
        ByteBuffer bytes = ByteBuffer.wrap(block, 0, read);
        while (bytes.hasRemaining()) {
          part.write(bytes);
        }
        progress.done(part.position(), answer.size().orElse(part.position()));
      }
    }
    if (answer.size().isPresent() && part.size() != answer.size().getAsLong()) {
      throw new IOException(
          String.format("%d of %d bytes came", part.size(), answer.size().getAsLong()));
    }
    return answer.sha256();
  }

  private static void verify(URI source, Path part, Optional<String> sha256) throws IOException {
    if (sha256.isPresent()) {
      String found = ContentHash.ofFile(part);
      if (!found.equals(sha256.get())) {
        Files.delete(part);
        throw BadData.of(
            String.format(
                "%s came with SHA-256 %s instead of %s, and was removed. Download it again.",
                source, found, sha256.get()));
      }
    }
  }
}
