package io.nepenthe.summary;

import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TimingResult.Shot;
import io.nepenthe.runstore.TrialResult;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a reader must know of the times of a method's winners, in words. */
final class TimeNotes {
  private TimeNotes() {}

  /** Returns the notes on times by JMH; empty if there is nothing to say. */
  static String ofJmh(TimingResult timing, Collection<TrialResult> winners, boolean comparable) {
    Stream<String> doubts =
        comparable ? winners.stream().map(winner -> doubt(timing, winner)) : Stream.empty();
    List<Double> seconds = timing.seeds().stream().map(TimingResult.SeedTime::seconds).toList();
    return joined(Stream.concat(Stream.of(timing.disturbance(), belowZero(seconds)), doubts));
  }

  /** Returns the notes on the sweep's times. */
  static String ofSweep(List<Double> seconds) {
    return belowZero(seconds);
  }

  private static String joined(Stream<String> notes) {
    return notes.filter(note -> !note.isEmpty()).collect(Collectors.joining("; "));
  }

  /** A regularizer's time is a difference, which noise can turn round. */
  private static String belowZero(List<Double> seconds) {
    return seconds.stream().anyMatch(each -> each < 0)
        ? "below 0 within the noise of a difference of training steps with and without it"
        : "";
  }

  private static String doubt(TimingResult timing, TrialResult winner) {
    double sweep = Objects.requireNonNull(winner.time()).seconds();
    List<Shot> shots =
        timing.shots().stream().filter(shot -> shot.trialId().equals(winner.id())).toList();
    if (shots.size() >= TimingResult.ENOUGH_SHOTS || sweep < 0) {
      return "";
    }
    return shots.stream()
        .filter(shot -> shot.isFarFrom(sweep))
        .map(
            shot ->
                String.format(
                    Locale.ROOT,
                    "seed %d took %.2g s in one shot, and %.2g s in the sweep",
                    shot.seed(),
                    shot.seconds(),
                    sweep))
        .findFirst()
        .orElse("");
  }
}
