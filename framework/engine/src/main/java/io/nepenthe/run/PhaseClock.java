package io.nepenthe.run;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Counts how much time of a run each phase takes.
 *
 * <p>Wall time by what was going on: while several things go on at once, each phase with at least
 * one counts; time when nothing of these went on is "other". And time of the workers' slots, added
 * up: what a slot is occupied, less what it trains, runs a method or measures, is the engine's own:
 * starting processes, loading, saving, writing results.
 */
public final class PhaseClock {
  /** A phase of a run. */
  public enum Phase {
    /** A worker trains. */
    TRAINING,
    /** A worker runs a method. */
    MITIGATION,
    /** The judge measures a model. */
    SCORING,
    /** JMH times winners. */
    TIMING,
    /** Winners are challenged, if the suite says so. */
    CHALLENGES
  }

  private final long start = System.nanoTime();
  private final Map<Phase, Integer> active = new EnumMap<>(Phase.class);
  private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
  private Map<String, Double> earlier = Map.of();
  private double slotSeconds;
  private double workSeconds;
  private long nothing;
  private long last = start;

  /** Adds what earlier calls of the command took for the same run. */
  synchronized void goOnFrom(Map<String, Double> secondsByPhase) {
    earlier = Map.copyOf(secondsByPhase);
  }

  /** Starts a phase. */
  public synchronized void begin(Phase phase) {
    account();
    active.merge(phase, 1, Integer::sum);
  }

  /** Ends it. */
  public synchronized void end(Phase phase) {
    account();
    active.merge(phase, -1, Integer::sum);
  }

  /** Adds the time for which a job occupied a slot. */
  public synchronized void occupied(double seconds) {
    slotSeconds += seconds;
  }

  /** Adds the part of a slot's time that was training, a method or measuring. */
  public synchronized void worked(double seconds) {
    workSeconds += seconds;
  }

  private void account() {
    long now = System.nanoTime();
    boolean idle = true;
    for (Map.Entry<Phase, Integer> entry : active.entrySet()) {
      if (entry.getValue() > 0) {
        nanos.merge(entry.getKey(), now - last, Long::sum);
        idle = false;
      }
    }
    nothing += idle ? now - last : 0;
    last = now;
  }

  /**
   * Returns the wall seconds of each phase, "other" and "total"; and of all slots together "slots",
   * and of these "slotsEngine", the engine's own. Earlier calls are counted in.
   */
  public synchronized Map<String, Double> seconds() {
    account();
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (Phase phase : Phase.values()) {
      if (phase == Phase.CHALLENGES && !nanos.containsKey(phase)) {
        continue; // most runs have none
      }
      seconds.put(phase.name().toLowerCase(Locale.ROOT), nanos.getOrDefault(phase, 0L) / 1e9);
    }
    seconds.put("other", nothing / 1e9);
    seconds.put("total", (last - start) / 1e9);
    seconds.put("slots", slotSeconds);
    seconds.put("slotsEngine", slotSeconds - workSeconds);
    earlier.forEach((phase, spent) -> seconds.merge(phase, spent, Double::sum));
    return seconds;
  }
}
