package io.nepenthe.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.jspecify.annotations.Nullable;

/** Locks on files, which keep out other processes. */
public final class FileLocks {
  private static final int MILLIS_BETWEEN_TRIES = 100;
  private static final int TRIES_IN_SILENCE = 10;
  private static final int TRIES_BETWEEN_WORDS = 100;

  private FileLocks() {}

  /**
   * Waits until no other process holds the lock, however long that is.
   *
   * @param waits called after a second of waiting, and every ten seconds from then on
   * @throws InterruptedIOException if the thread is interrupted meanwhile
   */
  public static FileLock await(FileChannel channel, Runnable waits) throws IOException {
    return await(channel::tryLock, waits);
  }

  /** Tries to lock. */
  interface Attempt {
    /** Returns null if another process holds the lock. */
    @Nullable FileLock lock() throws IOException;
  }

  static FileLock await(Attempt attempt, Runnable waits) throws IOException {
    for (int i = 0; ; i++) {
      FileLock lock = attempt.lock();
      if (lock != null) {
        return lock;
      }
      if (i >= TRIES_IN_SILENCE && (i - TRIES_IN_SILENCE) % TRIES_BETWEEN_WORDS == 0) {
        waits.run();
      }
      try {
        Thread.sleep(MILLIS_BETWEEN_TRIES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while another process held the lock");
      }
    }
  }
}
