package io.nepenthe.machine;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Looks, a few times a second, at how much memory processes hold, in a heap or not. What is taken
 * between two looks is seen late, and files of a file system in memory are not seen at all.
 */
public final class MemoryWatch implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final double GIB = 1L << 30;

  private final long most;
  private final LongSupplier held;
  private final Consumer<String> exceeded;
  private final DaemonTimer timer;

  /**
   * Starts to look.
   *
   * @param most bytes that may be held
   * @param held returns how many are
   * @param exceeded told, in one line, if they are more
   */
  public MemoryWatch(long most, LongSupplier held, Consumer<String> exceeded) {
    this.most = most;
    this.held = held;
    this.exceeded = exceeded;
    this.timer = new DaemonTimer("memory", BETWEEN_LOOKS, this::look);
  }

  void look() {
    long now = held.getAsLong();
    if (now > most) {
      timer.close();
      exceeded.accept(
          String.format(
              Locale.ROOT,
              "it held %.2f GiB of memory, of which --memory allows %.2f",
              now / GIB,
              most / GIB));
    }
  }

  @Override
  public void close() {
    timer.close();
  }
}
