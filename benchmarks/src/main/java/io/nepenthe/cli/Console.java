package io.nepenthe.cli;

import io.nepenthe.run.RunListener;
import io.nepenthe.wording.Words;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows progress on standard error: bars with the time left on a terminal, else a plain line every
 * few seconds. Thread-safe.
 */
final class Console implements RunListener, AutoCloseable {
  private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(5).toNanos();

  private final boolean terminal = Boolean.getBoolean("nepenthe.terminal");
  private final Map<String, ProgressBar> bars = new HashMap<>();
  private final Map<String, Seen> seen = new HashMap<>();
  private long lastLine = System.nanoTime() - NANOS_BETWEEN_LINES;

  /**
   * Since when something is watched. What was done before then, by a run that this one continues,
   * says nothing about the speed.
   */
  private record Seen(long nanos, long done, long latest) {}

  @Override
  public synchronized void progressed(String what, long done, long total) {
    if (terminal) {
      bar(what, done, total);
    } else {
      line(what, done, total);
    }
  }

  private void bar(String what, long done, long total) {
    ProgressBar bar = bars.computeIfAbsent(what, name -> newBar(name, done, total));
    bar.maxHint(total);
    bar.stepTo(done);
    if (done >= total && !"trials".equals(what)) {
      bar.close();
      bars.remove(what);
    }
  }

  private static ProgressBar newBar(String name, long done, long total) {
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(total)
        .startsFrom(done, Duration.ZERO)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(500)
        .build();
  }

  private void line(String what, long done, long total) {
    long now = System.nanoTime();
    Seen before = seen.get(what);
    Seen start = before == null || done < before.latest() ? new Seen(now, done, done) : before;
    seen.put(what, new Seen(start.nanos(), start.done(), done));
    if (done < total && now - lastLine < NANOS_BETWEEN_LINES) {
      return;
    }
    lastLine = now;
    System.err.printf(
        Locale.ROOT,
        "%s: %d of %d (%.0f %%)%s%n",
        what,
        done,
        total,
        100.0 * done / Math.max(1, total),
        left(start, now, done, total));
  }

  private static String left(Seen start, long now, long done, long total) {
    double seconds = (now - start.nanos()) / 1e9;
    return done < total && done > start.done() && seconds > 1
        ? ", about " + shown(seconds * (total - done) / (done - start.done())) + " left"
        : "";
  }

  private static String shown(double seconds) {
    Duration left = Duration.ofSeconds((long) Math.ceil(seconds));
    return left.toHours() > 0
        ? left.toHours() + " h " + left.toMinutesPart() + " min"
        : left.toMinutes() > 0
            ? left.toMinutes() + " min " + left.toSecondsPart() + " s"
            : left.toSeconds() + " s";
  }

  /** Says something on standard error, with no character in it that commands a terminal. */
  static void warn(String line) {
    System.err.println("nepenthe: " + Words.printable(line));
  }

  @Override
  public synchronized void warned(String line) {
    warn(line);
  }

  /** Says something for the user to read, not for a program. */
  synchronized void say(String line) {
    System.err.println(Words.printable(line));
  }

  @Override
  public synchronized void close() {
    bars.values().forEach(ProgressBar::close);
    bars.clear();
  }
}
