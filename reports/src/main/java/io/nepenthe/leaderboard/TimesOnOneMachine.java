package io.nepenthe.leaderboard;

import io.nepenthe.runstore.MachineClass;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.summary.MeasuredTimes;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The times of one task's methods on the class of machines on which most of them were timed. */
final class TimesOnOneMachine {
  private static final Time NONE = new Time(null, null, "");

  private final Map<EntryKey, Collection<TrialResult>> winners;
  private final Map<EntryKey, List<MeasuredTimes>> byEntry;
  private final @Nullable MachineClass machine;

  private TimesOnOneMachine(
      Map<EntryKey, Collection<TrialResult>> winners,
      Map<EntryKey, List<MeasuredTimes>> byEntry,
      @Nullable MachineClass machine) {
    this.winners = winners;
    this.byEntry = byEntry;
    this.machine = machine;
  }

  /**
   * A method's time.
   *
   * @param seconds null where there is none on the machine
   * @param source "jmh" or "sweep"; null likewise
   * @param note what a reader must know of it, empty if nothing
   */
  record Time(@Nullable Value seconds, @Nullable String source, String note) {}

  /**
   * Chooses the machine.
   *
   * @param winners by entry, one per seed
   * @param timings those of the runs that an entry's winners are of
   */
  static TimesOnOneMachine of(
      Map<EntryKey, Collection<TrialResult>> winners, Map<EntryKey, List<TimingResult>> timings) {
    Map<EntryKey, List<MeasuredTimes>> byEntry = new TreeMap<>();
    winners.forEach(
        (entry, chosen) ->
            byEntry.put(entry, MeasuredTimes.of(chosen, timings.getOrDefault(entry, List.of()))));
    return new TimesOnOneMachine(winners, byEntry, most(byEntry.values()));
  }

  private static @Nullable MachineClass most(Collection<List<MeasuredTimes>> all) {
    return all.stream()
        .flatMap(List::stream)
        .map(MeasuredTimes::machine)
        .distinct()
        .min(
            Comparator.<MachineClass>comparingLong(each -> -methods(each, all, false))
                .thenComparingLong(each -> -methods(each, all, true))
                .thenComparing(MachineClass::words))
        .orElse(null);
  }

  /** Returns how many methods have a time on a machine, or one of JMH's. */
  private static long methods(
      MachineClass machine, Collection<List<MeasuredTimes>> all, boolean onlyJmh) {
    return all.stream()
        .filter(
            times ->
                times.stream()
                    .filter(time -> !onlyJmh || time.source().equals(MeasuredTimes.JMH))
                    .anyMatch(time -> time.machine().equals(machine)))
        .count();
  }

  /** Returns the machine in words, null if nothing was timed. */
  @Nullable String machine() {
    return machine == null ? null : machine.words();
  }

  /** Returns an entry's time on the machine, the best that there is. */
  Time of(EntryKey entry) {
    List<MeasuredTimes> all = byEntry.getOrDefault(entry, List.of());
    Optional<MeasuredTimes> here =
        all.stream().filter(each -> each.machine().equals(machine)).findFirst();
    if (here.isPresent()) {
      return new Time(
          Objects.requireNonNull(Value.of(here.get().seconds().values())),
          here.get().source(),
          here.get().disturbance());
    }
    Collection<TrialResult> timed = winners.get(entry);
    if (timed == null || timed.isEmpty()) {
      return NONE;
    }
    String where =
        all.isEmpty()
            ? "timed on several machines"
            : "timed on another machine (" + all.get(0).machine().words() + ")";
    return new Time(null, null, where + ": its time does not compare");
  }
}
