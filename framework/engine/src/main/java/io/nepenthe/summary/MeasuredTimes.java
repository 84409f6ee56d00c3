package io.nepenthe.summary;

import io.nepenthe.runstore.MachineClass;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The times of a method's winners on one class of machines, all taken in one way.
 *
 * @param machine where all of them were measured
 * @param source {@link #JMH} or {@link #SWEEP}
 * @param seconds by seed, rising
 * @param disturbance what other processes did meanwhile, in words; empty if nothing is known
 */
public record MeasuredTimes(
    MachineClass machine, String source, Map<Long, Double> seconds, String disturbance) {
  /** Source of times that JMH took in fresh processes. */
  public static final String JMH = "jmh";

  /** Source of times that the worker took during the sweep. */
  public static final String SWEEP = "sweep";

  /** JMH before the sweep, undisturbed before disturbed; the rest makes the order the same. */
  private static final Comparator<MeasuredTimes> BEST_FIRST =
      Comparator.comparing(MeasuredTimes::source)
          .thenComparing(times -> !times.disturbance().isEmpty())
          .thenComparing(times -> times.machine().words())
          .thenComparing(times -> times.seconds().toString());

  /** Copies the map, sorted. */
  public MeasuredTimes {
    seconds = Collections.unmodifiableMap(new TreeMap<>(seconds));
  }

  /**
   * Returns every way in which all winners were timed on one class of machines, the best first:
   * each of JMH's timings of them, and the sweep's unless it took them on several classes.
   *
   * @param winners of one method on one task, one per seed
   * @param timings of any method; those of other trials do not count
   */
  public static List<MeasuredTimes> of(
      Collection<TrialResult> winners, Collection<TimingResult> timings) {
    if (winners.isEmpty()) {
      return List.of();
    }
    List<MeasuredTimes> all = new ArrayList<>();
    timings.stream()
        .filter(timing -> covers(timing, winners))
        .map(timing -> jmh(timing, winners))
        .forEach(all::add);
    List<MachineClass> machines =
        winners.stream().map(trial -> MachineClass.of(trial.provenance())).distinct().toList();
    if (machines.size() == 1) {
      all.add(sweep(machines.get(0), winners));
    }
    return all.stream().sorted(BEST_FIRST).toList();
  }

  /** Returns true if a timing repeated each of the winners. */
  static boolean covers(TimingResult timing, Collection<TrialResult> winners) {
    return winners.stream()
        .allMatch(
            trial -> timing.shots().stream().anyMatch(shot -> shot.trialId().equals(trial.id())));
  }

  private static MeasuredTimes jmh(TimingResult timing, Collection<TrialResult> winners) {
    List<Long> seeds = winners.stream().map(trial -> trial.identity().seed()).toList();
    Map<Long, Double> seconds = new TreeMap<>();
    timing.seeds().stream()
        .filter(seed -> seeds.contains(seed.seed()))
        .forEach(seed -> seconds.put(seed.seed(), seed.seconds()));
    return new MeasuredTimes(
        MachineClass.of(timing.provenance()), JMH, seconds, timing.disturbance());
  }

  private static MeasuredTimes sweep(MachineClass machine, Collection<TrialResult> winners) {
    Map<Long, Double> seconds = new TreeMap<>();
    winners.forEach(
        trial ->
            seconds.put(trial.identity().seed(), Objects.requireNonNull(trial.time()).seconds()));
    return new MeasuredTimes(machine, SWEEP, seconds, "");
  }
}
