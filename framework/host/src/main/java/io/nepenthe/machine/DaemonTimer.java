package io.nepenthe.machine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Repeats a small task on a thread of its own, which keeps no process alive, until closed. */
public final class DaemonTimer implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Starts to repeat.
   *
   * @param name of the thread
   * @param pause from one end of the task to its next start, and before the first
   * @param task what it throws ends the repetition
   */
  public DaemonTimer(String name, Duration pause, Runnable task) {
    Thread thread = new Thread(() -> repeat(pause, task), name);
    thread.setDaemon(true);
    thread.start();
  }

  private void repeat(Duration pause, Runnable task) {
    try {
      while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        task.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does; end as when closed
    }
  }

  /** Ends the repetition; a task that has begun is neither interrupted nor waited for. */
  @Override
  public void close() {
    closed.countDown();
  }
}
