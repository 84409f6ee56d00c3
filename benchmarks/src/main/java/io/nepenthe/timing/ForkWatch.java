package io.nepenthe.timing;

import io.nepenthe.machine.DaemonTimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Ends a fork that tells nothing for too long, or whose judge ends first. JMH itself only asks a
 * thread that hangs to stop.
 */
final class ForkWatch implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final Path answers;
  private final Duration longestSilence;
  private final Duration longest;
  private final long start = System.nanoTime();
  private final Set<ProcessHandle> earlier = children();
  private final Thread atExit = new Thread(this::endAtExit, "end-fork");
  private final DaemonTimer timer;
  private long size = -1;
  private long lastNews = System.nanoTime();
  private volatile boolean timedOut;
  private volatile boolean exiting;

  /**
   * Watches the fork that is started next.
   *
   * @param answers the file that grows when it tells something
   * @param longest time for all, whatever it tells
   */
  ForkWatch(Path answers, Duration longestSilence, Duration longest) {
    this.answers = answers;
    this.longestSilence = longestSilence;
    this.longest = longest;
    Runtime.getRuntime().addShutdownHook(atExit);
    this.timer = new DaemonTimer("watch-fork", BETWEEN_LOOKS, this::look);
  }

  /** Returns true if the fork was ended because it told nothing, or had no end. */
  boolean hasTimedOut() {
    return timedOut;
  }

  /** Returns true if the fork was ended because this process ends. */
  boolean isExiting() {
    return exiting;
  }

  private void look() {
    long now = size();
    if (System.nanoTime() - start > longest.toNanos()) {
      timedOut = true;
      end();
    } else if (now != size) {
      size = now;
      lastNews = System.nanoTime();
    } else if (System.nanoTime() - lastNews > longestSilence.toNanos()) {
      timedOut = true;
      end();
    }
  }

  private long size() {
    try {
      return Files.exists(answers) ? Files.size(answers) : 0;
    } catch (IOException e) {
      return size;
    }
  }

  private void endAtExit() {
    exiting = true;
    end();
  }

  private void end() {
    children().stream()
        .filter(child -> !earlier.contains(child))
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** Returns this process's children that are JVMs. */
  private static Set<ProcessHandle> children() {
    var own = ProcessHandle.current().info().command();
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().equals(own))
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    timer.close();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      exiting = true; // it runs, or will
    }
  }
}
