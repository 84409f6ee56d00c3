package io.nepenthe.corpus;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Reports the progress of long work every few seconds. Work that ends sooner is silent. */
final class ProgressLines {
  private static final long NANOS_BETWEEN = Duration.ofSeconds(5).toNanos();
  private static final double MEGABYTE = 1e6;

  private final String what;
  private final long before;
  private final Consumer<String> lines;
  private final LongSupplier nanoTime;
  private final long start;
  private long latest;

  /**
   * Starts the clock.
   *
   * @param what the work, like "tokenizing wikitext-2 train"
   * @param before bytes that were done already, which say nothing about the speed
   */
  ProgressLines(String what, long before, Consumer<String> lines, LongSupplier nanoTime) {
    this.what = what;
    this.before = before;
    this.lines = lines;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.latest = start;
  }

  /** Says, if it is time to, that so many bytes of so many are done. */
  void done(long bytes, long total) {
    long now = nanoTime.getAsLong();
    if (now - latest < NANOS_BETWEEN) {
      return;
    }
    latest = now;
    double seconds = (now - start) / 1e9;
    String left =
        bytes > before && bytes <= total
            ? String.format(
                Locale.ROOT, ", about %.0f s left", seconds * (total - bytes) / (bytes - before))
            : "";
    lines.accept(
        String.format(
            Locale.ROOT,
            "%s: %.0f of %.0f MB (%.0f %%)%s",
            what,
            bytes / MEGABYTE,
            total / MEGABYTE,
            100.0 * bytes / Math.max(total, 1),
            left));
  }
}
