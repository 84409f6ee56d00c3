package io.nepenthe.corpus;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A server's answer, given up when nothing of it comes for a while. The time limit of Java 17's
 * HTTP client ends with the headers; what follows it awaits for ever.
 */
final class WatchedBody extends FilterInputStream {
  private final Duration patience;
  private final Thread watch = new Thread(this::watch, "watch-download");
  private volatile long latest = System.nanoTime();
  private volatile boolean stalled;

  WatchedBody(InputStream body, Duration patience) {
    super(body);
    this.patience = patience;
    watch.setDaemon(true);
    watch.start();
  }

  /** Nothing came for too long. */
  static final class Stalled extends IOException {
    private static final long serialVersionUID = 1;

    Stalled(Duration patience, IOException cause) {
      super("nothing came for " + patience.toSeconds() + " s", cause);
    }
  }

  private void watch() {
    try {
      for (long left = patience.toNanos(); left > 0; left = left()) {
        Thread.sleep(left / 1_000_000 + 1);
      }
      stalled = true;
      super.close(); // wakes the reader
    } catch (InterruptedException | IOException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long left() {
    return patience.toNanos() - (System.nanoTime() - latest);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    latest = System.nanoTime();
    try {
      int read = in.read(bytes, from, length);
      if (stalled) {
        throw new IOException("closed");
      }
      latest = System.nanoTime();
      return read;
    } catch (IOException e) {
      throw stalled ? new Stalled(patience, e) : e;
    }
  }

  @Override
  public void close() throws IOException {
    watch.interrupt();
    super.close();
  }
}
