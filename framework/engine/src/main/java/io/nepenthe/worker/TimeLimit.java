package io.nepenthe.worker;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How long a request may take.
 *
 * @param budget once the work has begun, longest time until a grid point is answered or a training
 *     with a method is done, whatever the worker says meanwhile; where none takes part, longest
 *     time without progress
 * @param until when it is ended whatever it is at, by {@link System#nanoTime}; empty if nothing
 *     waits for it
 */
public record TimeLimit(Duration budget, OptionalLong until) {
  /** Returns a limit for each grid point alone. */
  public static TimeLimit of(Duration budget) {
    return new TimeLimit(budget, OptionalLong.empty());
  }

  /** Returns when a wait from now on ends that may last so long. */
  long deadline(Duration longest) {
    long now = System.nanoTime();
    long nanos = longest.toNanos();
    return now + (until.isEmpty() ? nanos : Math.min(nanos, until.getAsLong() - now));
  }

  /** Returns true if all the time there was is over. */
  boolean isOver() {
    return until.isPresent() && until.getAsLong() - System.nanoTime() <= 0;
  }
}
