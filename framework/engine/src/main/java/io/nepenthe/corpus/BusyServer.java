package io.nepenthe.corpus;

import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A server that gives nothing now, and may later. */
final class BusyServer extends IOException {
  private static final long serialVersionUID = 1;
  private static final long MOST_SECONDS = Duration.ofDays(365).toSeconds();

  private final transient Optional<Duration> wait;

  private BusyServer(int status, Optional<Duration> wait) {
    super(
        "the server answered "
            + status
            + wait.map(time -> ": try again in " + time.toSeconds() + " s").orElse(""));
    this.wait = wait;
  }

  /**
   * Returns what an answer says.
   *
   * @param retryAfter its header: seconds, or the time from which on to try again
   */
  static BusyServer of(int status, Optional<String> retryAfter, Clock clock) {
    return new BusyServer(status, retryAfter.flatMap(header -> wait(header.strip(), clock)));
  }

  /** Returns true if a status means that the same request may be answered later. */
  static boolean is(int status) {
    return status == 408 || status == 429 || status == 500 || (status >= 502 && status <= 504);
  }

  private static Optional<Duration> wait(String header, Clock clock) {
    if (header.matches("\\d{1,18}")) {
      return Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(header), MOST_SECONDS)));
    }
    try {
      Instant then = DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from);
      Duration wait = Duration.between(clock.instant(), then);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Returns how long the server asks to wait, if it does. */
  Optional<Duration> toWait() {
    return wait;
  }
}
