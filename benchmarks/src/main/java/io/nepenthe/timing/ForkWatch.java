package io.nepenthe.timing;

import io.nepenthe.machine.DaemonTimer;
import io.nepenthe.machine.MemoryWatch;
import io.nepenthe.machine.ResidentMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  private final MemoryWatch memory;
  private long size = -1;
  private long lastNews = System.nanoTime();
  private volatile String endedBecause = "";
  private volatile boolean exiting;

  /**
   * Watches the fork that is started next.
   *
   * @param answers the file that grows when it tells something
   * @param longest time for all, whatever it tells
   * @param memoryBytes that it and all that it starts may hold
   */
  ForkWatch(Path answers, Duration longestSilence, Duration longest, long memoryBytes) {
    this.answers = answers;
    this.longestSilence = longestSilence;
    this.longest = longest;
    Runtime.getRuntime().addShutdownHook(atExit);
    this.timer = new DaemonTimer("watch-fork", BETWEEN_LOOKS, this::look);
    this.memory = new MemoryWatch(memoryBytes, this::held, this::end);
  }

  /** Returns why the fork was ended here; empty if it was not. */
  String endedBecause() {
    return endedBecause;
  }

  /** Returns true if the fork was ended because this process ends. */
  boolean isExiting() {
    return exiting;
  }

  private void look() {
    long now = size();
    if (System.nanoTime() - start > longest.toNanos()) {
      end("not all was done within " + longest.toSeconds() + " s");
    } else if (now != size) {
      size = now;
      lastNews = System.nanoTime();
    } else if (System.nanoTime() - lastNews > longestSilence.toNanos()) {
      end("nothing was done for " + longestSilence.toSeconds() + " s");
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

  private void end(String why) {
    endedBecause = why;
    end();
  }

  private void end() {
    forks().forEach(ProcessHandle::destroyForcibly);
  }

  private long held() {
    return forks().mapToLong(ResidentMemory::bytes).sum();
  }

  private Stream<ProcessHandle> forks() {
    return children().stream().filter(child -> !earlier.contains(child));
  }

  /** Returns this process's children; the fork's own end with it, or are found by their mark. */
  private static Set<ProcessHandle> children() {
    return ProcessHandle.current().children().collect(Collectors.toSet());
  }

  @Override
  public void close() {
    timer.close();
    memory.close();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      exiting = true; // it runs, or will
    }
  }
}
