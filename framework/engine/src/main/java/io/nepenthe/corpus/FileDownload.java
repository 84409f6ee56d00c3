package io.nepenthe.corpus;

import io.nepenthe.protocol.ErrorCode;
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
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Downloads single files whose size and hash are known. What came so far is beside the file, its
 * name ending in ".part"; a connection that breaks is opened again after a pause, as long as each
 * brings something; a busy server is asked a few times more, when it wants to be; a file that is
 * not the expected one never gets its name.
 */
final class FileDownload {
  private static final int MOST_CONNECTIONS = 1000;
  private static final int MOST_REFUSALS = 5;

  /** The first pause is so many times shorter than the patience, the longest four times longer. */
  private static final int PAUSES = 30;

  private final Duration patience;
  private final Consumer<String> lines;
  private final RangeRequest request;

  /**
   * Opens a client.
   *
   * @param patience how long a server may be silent
   */
  FileDownload(Duration patience, Consumer<String> lines) {
    this.patience = patience;
    this.lines = lines;
    this.request = new RangeRequest(patience);
  }

  /** Returns words for what went wrong with a connection. */
  static String reason(IOException e) {
    return e instanceof ConnectException ? "no connection" : String.valueOf(e.getMessage());
  }

  /**
   * Downloads a file, or its rest.
   *
   * @throws IOException if the server does not give it
   * @throws NepentheException with BAD_DATA if the server has another file, with IO if it cannot be
   *     written
   */
  void fetch(URI source, CorpusFile file, Path target) throws IOException, InterruptedException {
    Path part = target.resolveSibling(file.name() + ".part");
    boolean inPieces = receive(source, file, part);
    boolean isRight = file.isAt(part);
    if (!isRight && inPieces) {
      lines.accept(source + ": the pieces do not belong together; starts again");
      Files.delete(part);
      receive(source, file, part);
      isRight = file.isAt(part);
    }
    if (!isRight) {
      Files.delete(part);
      throw another(source, "its SHA-256 is not " + file.sha256());
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    lines.accept(
        String.format(Locale.ROOT, "%s: %.1f MB, SHA-256 is right", target, file.bytes() / 1e6));
  }

  /** Receives until all bytes are there; returns true if they came by more than one connection. */
  private boolean receive(URI source, CorpusFile file, Path part)
      throws IOException, InterruptedException {
    try (FileChannel channel =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        throw new IOException("another process downloads it");
      }
      if (channel.size() > file.bytes()) {
        channel.truncate(0);
      }
      try {
        return receive(source, file, channel);
      } finally {
        if (channel.size() == 0) {
          Files.delete(part);
        }
      }
    }
  }

  private boolean receive(URI source, CorpusFile file, FileChannel part)
      throws IOException, InterruptedException {
    boolean inPieces = part.size() > 0;
    int refusals = 0; // since something came
    for (int i = 1; part.size() < file.bytes(); i++) {
      long before = part.size();
      inPieces |= before > 0;
      Optional<IOException> broken = connect(source, file, part);
      refusals = part.size() > before ? 0 : refusals + 1;
      if (broken.isPresent() && part.size() < file.bytes()) {
        goOn(source, broken.get(), part.size(), refusals, i);
      }
    }
    part.force(true);
    return inPieces;
  }

  /** Returns why the connection broke, if it did. */
  private Optional<IOException> connect(URI source, CorpusFile file, FileChannel part)
      throws IOException, InterruptedException {
    try {
      receiveSome(source, file, part);
      return part.size() < file.bytes()
          ? Optional.of(new IOException(part.size() + " of " + file.bytes() + " bytes came"))
          : Optional.empty();
    } catch (WatchedBody.Stalled e) {
      throw e;
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  /** Waits before the next connection, or gives up. */
  private void goOn(URI source, IOException broken, long came, int refusals, int connections)
      throws IOException, InterruptedException {
    boolean mayCome = refusals == 0 || broken instanceof BusyServer;
    Duration pause = patience.dividedBy(PAUSES).multipliedBy(1L << Math.min(refusals, 10));
    if (broken instanceof BusyServer busy) {
      pause = busy.toWait().orElse(pause);
    }
    if (!mayCome
        || refusals >= MOST_REFUSALS
        || connections >= MOST_CONNECTIONS
        || pause.compareTo(patience.multipliedBy(4)) > 0) {
      throw broken;
    }
    lines.accept(
        String.format(
            Locale.ROOT,
            "%s: %s; resuming after %d bytes, in %.1f s",
            source,
            reason(broken),
            came,
            pause.toMillis() / 1e3));
    Thread.sleep(pause.toMillis());
  }

  private void receiveSome(URI source, CorpusFile file, FileChannel part)
      throws IOException, InterruptedException {
    RangeRequest.Answer answer = request.send(source, part.size());
    try (InputStream body = answer.body()) {
      if (answer.size().isPresent() && answer.size().getAsLong() != file.bytes()) {
        throw another(
            source, "it has " + answer.size().getAsLong() + " bytes instead of " + file.bytes());
      }
      part.truncate(answer.from()).position(answer.from());
      ProgressLines progress =
          new ProgressLines("downloading " + file.name(), answer.from(), lines, System::nanoTime);
      byte[] block = new byte[1 << 16];
      for (int read = body.read(block); read >= 0; read = body.read(block)) {
        if (part.position() + read > file.bytes()) {
          part.truncate(answer.from());
          throw another(source, "it has more than " + file.bytes() + " bytes");
        }
        write(part, ByteBuffer.wrap(block, 0, read), file);
        progress.done(part.position(), file.bytes());
      }
    }
  }

  private static void write(FileChannel part, ByteBuffer bytes, CorpusFile file) {
    try {
      while (bytes.hasRemaining()) {
        part.write(bytes);
      }
    } catch (IOException e) {
      throw new NepentheException(
          ErrorCode.IO,
          String.format(
              "cannot write %s (%s). Free space, or set NEPENTHE_HOME to another folder; the same"
                  + " command goes on where it stopped.",
              file.name(), e.getMessage()),
          e);
    }
  }

  private static NepentheException another(URI source, String why) {
    return BadData.of(
        source
            + " is not the corpus's file: "
            + why
            + ". Nothing of it is kept; try another mirror.");
  }
}
