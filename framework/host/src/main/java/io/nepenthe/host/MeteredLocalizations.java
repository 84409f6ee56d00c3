package io.nepenthe.host;

import io.nepenthe.plugin.Localizations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The host's end of a localization: notes what is found for each point, and what that took. What a
 * method does after its last word it has done for every point, so every point is charged that, too:
 * a method that first puts something down and computes it then gains nothing.
 */
final class MeteredLocalizations<P, L> implements Localizations<P, L> {
  private final List<P> points;
  private final StepMeter meter;
  private final Map<P, Metered<L>> found = new HashMap<>();
  private final List<P> waiting;
  private StepMeter.Use latest = StepMeter.Use.NONE;
  private StepMeter.Use afterwards = StepMeter.Use.NONE;
  private boolean ended;

  /** What was found for a point, and what was used until then. */
  record Metered<L>(L localization, StepMeter.Use use) {}

  /**
   * Waits for what is found.
   *
   * @param meter has just been started
   */
  MeteredLocalizations(List<P> points, StepMeter meter) {
    this.points = points;
    this.meter = meter;
    this.waiting = new ArrayList<>(points);
  }

  @Override
  public void put(P point, L localization) {
    putForAll(List.of(point), localization);
  }

  /** Looks at the meter once: what is found together has used the same. */
  @Override
  public synchronized void putForAll(List<P> these, L localization) {
    latest = meter.use();
    for (P point : these) {
      if (ended) {
        throw new IllegalStateException("localize has returned, and yet it finds " + point);
      }
      if (!points.contains(point)) {
        throw new IllegalArgumentException("localize was not asked for " + point);
      }
      found.put(point, new Metered<>(localization, latest));
    }
  }

  /** Takes no more; returns what was used in all. */
  synchronized StepMeter.Use end() {
    ended = true;
    StepMeter.Use all = meter.use();
    afterwards = all.minus(latest);
    return all;
  }

  /** Returns what was found for a point, with what it is charged; empty if nothing was. */
  synchronized Optional<Metered<L>> get(P point) {
    return Optional.ofNullable(found.get(point))
        .map(each -> new Metered<>(each.localization(), each.use().plus(afterwards)));
  }

  /**
   * Says that a point has been edited: frees what was found for it if no other point waits for it.
   */
  synchronized void edited(P point) {
    waiting.remove(point);
    Metered<L> own = found.get(point);
    if (own == null || waiting.stream().anyMatch(other -> isFoundFor(other, own.localization()))) {
      return;
    }
    found.values().removeIf(each -> each.localization() == own.localization());
    Localizations.release(own.localization());
  }

  private boolean isFoundFor(P point, L localization) {
    Metered<L> own = found.get(point);
    return own != null && own.localization() == localization;
  }

  /** Frees the arrays of all that is left. */
  synchronized void release() {
    found.values().forEach(each -> Localizations.release(each.localization()));
    found.clear();
  }
}
