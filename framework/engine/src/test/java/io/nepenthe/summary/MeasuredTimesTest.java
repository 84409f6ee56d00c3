package io.nepenthe.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.provenance.Provenance;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.HandMade;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MeasuredTimesTest {
  private static final Provenance A = HandMade.machine("a");
  private static final Provenance B = HandMade.machine("b");

  private static TrialResult trial(long seed, Provenance machine, double seconds) {
    return new HandMade.Trial().seed(seed).on(machine).seconds(seconds).valid();
  }

  private static TimingResult timing(Provenance machine, double seconds, TrialResult... trials) {
    return new TimingResult(
        TimingResult.SCHEMA,
        "task",
        "method",
        "0.1.0",
        "jar",
        1,
        null,
        null,
        List.of(trials).stream()
            .map(
                trial ->
                    new TimingResult.Shot(
                        0,
                        trial.identity().seed(),
                        trial.id(),
                        Map.of(),
                        seconds,
                        null,
                        null,
                        null))
            .toList(),
        machine);
  }

  private static List<String> words(List<MeasuredTimes> all) {
    return all.stream()
        .map(each -> each.source() + " " + each.machine().cpu() + " " + each.seconds())
        .toList();
  }

  @Test
  void jmhsTimesComeBeforeTheSweeps() {
    TrialResult zero = trial(0, A, 1);
    TrialResult one = trial(1, A, 3);
    assertEquals(
        List.of("jmh a {0=0.5, 1=0.5}", "jmh b {0=0.25, 1=0.25}", "sweep a {0=1.0, 1=3.0}"),
        words(
            MeasuredTimes.of(
                List.of(one, zero),
                List.of(timing(B, 0.25, zero, one), timing(A, 0.5, one, zero)))));
  }

  @Test
  void timesOfSeveralMachinesAreNoTimes() {
    assertEquals(List.of(), MeasuredTimes.of(List.of(trial(0, A, 1), trial(1, B, 1)), List.of()));
  }

  @Test
  void aTimingThatLacksAWinnerDoesNotCount() {
    TrialResult zero = trial(0, A, 1);
    TrialResult one = trial(1, B, 1);
    assertEquals(List.of(), MeasuredTimes.of(List.of(zero, one), List.of(timing(A, 1, zero))));
    assertEquals(List.of(), MeasuredTimes.of(List.of(), List.of(timing(A, 1, zero))));
  }
}
