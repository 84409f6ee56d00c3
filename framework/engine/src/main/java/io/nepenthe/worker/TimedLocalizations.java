package io.nepenthe.worker;

import io.nepenthe.plugin.Localizations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The host's end of a localization: notes what is found for each point, and when. What a method
 * does after its last word it has done for every point, so every point is charged that, too: a
 * method that first puts something down and computes it then gains nothing.
 */
final class TimedLocalizations<P, L> implements Localizations<P, L> {
  private final List<P> points;
  private final StepClock clock;
  private final Map<P, Timed<L>> found = new HashMap<>();
  private double latest;
  private double afterwards;
  private boolean ended;

  /** What was found for a point, and the seconds until then. */
  record Timed<L>(L localization, double seconds) {}

  /** Starts the clock. */
  TimedLocalizations(List<P> points, StepClock clock) {
    this.points = points;
    this.clock = clock;
  }

  @Override
  public void put(P point, L localization) {
    putForAll(List.of(point), localization);
  }

  /** Looks at the clock once: what is found together has taken the same time. */
  @Override
  public synchronized void putForAll(List<P> these, L localization) {
    latest = clock.seconds();
    for (P point : these) {
      if (ended) {
        throw new IllegalStateException("localize has returned, and yet it finds " + point);
      }
      if (!points.contains(point)) {
        throw new IllegalArgumentException("localize was not asked for " + point);
      }
      found.put(point, new Timed<>(localization, latest));
    }
  }

  /** Takes no more; returns the seconds since the clock was started. */
  synchronized double end() {
    ended = true;
    double all = clock.seconds();
    afterwards = all - latest;
    return all;
  }

  /** Returns what was found for a point, with its share of the time; empty if nothing was. */
  synchronized Optional<Timed<L>> get(P point) {
    return Optional.ofNullable(found.get(point))
        .map(timed -> new Timed<>(timed.localization(), timed.seconds() + afterwards));
  }

  /** Frees the arrays of all that was found. */
  synchronized void release() {
    found.values().forEach(timed -> Localizations.release(timed.localization()));
  }
}
