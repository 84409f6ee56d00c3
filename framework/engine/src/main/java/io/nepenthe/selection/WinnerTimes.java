package io.nepenthe.selection;

import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.runstore.TrialTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The times of a method's winners: JMH's where there are any, else the sweep's. */
record WinnerTimes(
    List<Double> seconds,
    List<Double> localizeSeconds,
    List<Double> editSeconds,
    @Nullable String source) {
  static WinnerTimes of(Collection<TrialResult> winners, @Nullable TimingResult timing) {
    if (winners.isEmpty()) {
      return new WinnerTimes(List.of(), List.of(), List.of(), null);
    }
    if (timing != null) {
      List<TimingResult.Shot> shots = timing.shots();
      return new WinnerTimes(
          shots.stream().map(TimingResult.Shot::seconds).toList(),
          shots.stream().map(TimingResult.Shot::localizeSeconds).filter(Objects::nonNull).toList(),
          shots.stream().map(TimingResult.Shot::editSeconds).filter(Objects::nonNull).toList(),
          "jmh");
    }
    List<TrialTime> times =
        winners.stream().map(trial -> Objects.requireNonNull(trial.time())).toList();
    return new WinnerTimes(
        times.stream().map(TrialTime::seconds).toList(),
        times.stream().map(TrialTime::localizeSeconds).filter(Objects::nonNull).toList(),
        times.stream().map(TrialTime::editSeconds).filter(Objects::nonNull).toList(),
        "sweep");
  }
}
