package io.nepenthe.summary;

import io.nepenthe.exchange.TrialTime;
import io.nepenthe.runstore.MachineClass;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The times of a method's winners, one per seed: JMH's where there are any, else the sweep's.
 *
 * @param error JMH's error of their mean; null if unknown
 * @param sweepSeconds the sweep's times, whatever the source of the others
 * @param source {@link MeasuredTimes#JMH} or {@link MeasuredTimes#SWEEP}, null without times
 * @param note what a reader must know of them, or why there are none, in words; empty if nothing
 */
record WinnerTimes(
    List<Double> seconds,
    @Nullable Double error,
    List<Double> localizeSeconds,
    List<Double> editSeconds,
    List<Double> sweepSeconds,
    @Nullable String source,
    String note) {
  /**
   * Returns the times of one class of machines.
   *
   * @param timing by JMH, on that class; null if there is none
   * @param machine the class; the sweep's times count only if all of them are of it
   */
  static WinnerTimes of(
      Collection<TrialResult> winners,
      @Nullable TimingResult timing,
      @Nullable MachineClass machine) {
    boolean comparable = MachineClass.isOnly(machine, winners);
    if (winners.isEmpty() || (timing == null && !comparable)) {
      String why = comparable ? "" : "its times are of another class of machines";
      return new WinnerTimes(List.of(), null, List.of(), List.of(), List.of(), null, why);
    }
    List<TrialTime> sweep =
        winners.stream()
            .filter(trial -> comparable)
            .map(trial -> Objects.requireNonNull(trial.time()))
            .toList();
    List<Double> sweepSeconds = sweep.stream().map(TrialTime::seconds).toList();
    if (timing != null) {
      return new WinnerTimes(
          timing.seeds().stream().map(TimingResult.SeedTime::seconds).toList(),
          timing.errorSeconds(),
          meansBySeed(timing, TimingResult.Shot::localizeSeconds),
          meansBySeed(timing, TimingResult.Shot::editSeconds),
          sweepSeconds,
          MeasuredTimes.JMH,
          TimeNotes.ofJmh(timing, winners, comparable));
    }
    return new WinnerTimes(
        sweepSeconds,
        null,
        sweep.stream().map(TrialTime::localizeSeconds).filter(Objects::nonNull).toList(),
        sweep.stream().map(TrialTime::editSeconds).filter(Objects::nonNull).toList(),
        sweepSeconds,
        MeasuredTimes.SWEEP,
        TimeNotes.ofSweep(sweepSeconds));
  }

  private static List<Double> meansBySeed(
      TimingResult timing, Function<TimingResult.Shot, @Nullable Double> part) {
    return timing.seeds().stream()
        .flatMap(
            seed -> {
              Stream<Double> ofSeed =
                  timing.typical(seed.seed()).stream().map(part).filter(Objects::nonNull);
              return ofSeed.mapToDouble(Double::doubleValue).average().stream().boxed();
            })
        .toList();
  }
}
