package io.nepenthe.summary;

import static io.nepenthe.selection.HandMade.scores;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TimingResult;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.HandMade;
import io.nepenthe.selection.HandMade.Trial;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.testkit.MadeScores;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final RunInfo INFO =
      HandMade.run(List.of(0L, 1L), List.of("method", "extra-fine-tuning"));

  private static Trial trial() {
    return new Trial().after(scores(50, 50, 50));
  }

  private static SummaryRow row(String method, TrialResult... trials) {
    return row(List.of(), method, trials);
  }

  private static SummaryRow row(List<TimingResult> timings, String method, TrialResult... trials) {
    return new Summary(INFO, List.of(), List.of(trials), timings)
        .rows().stream().filter(row -> row.method().equals(method)).findAny().orElseThrow();
  }

  @Test
  void givesMeanAndRangeOverTheWinnersOfAllSeeds() {
    SummaryRow row =
        row(
            "method",
            trial().after(scores(10, 50, 50)).seconds(1).valid(),
            trial().ratio(0.2).after(scores(90, 50, 50)).seconds(7).valid(),
            trial().seed(1).after(scores(20, 40, 40)).seconds(3).valid());
    assertEquals(Statistic.of(List.of(10.0, 20.0)), row.of(Metrics.MEMORIZED));
    assertEquals(Statistic.of(List.of(50.0, 40.0)), row.of(Metrics.ACCURACY));
    assertEquals(Statistic.of(List.of(1.0, 3.0)), row.seconds());
    assertEquals("sweep", row.secondsSource());
    assertEquals((1 + 7 + 3) / 2.0, row.tuningSeconds());
    assertEquals(3, row.trials());
    assertEquals("", row.note());
  }

  @Test
  void includesByTheMeanTimeOfExtraFineTuning() {
    TrialResult slow = trial().after(scores(0, 50, 50)).seconds(3).valid();
    TrialResult onTime = trial().ratio(0.2).after(scores(50, 50, 50)).seconds(2).valid();
    Trial extra = trial().of("extra-fine-tuning", Family.FINE_TUNING);
    SummaryRow row =
        row("method", slow, onTime, extra.seconds(1).valid(), extra.seed(1).seconds(3).valid());
    assertEquals(onTime.id(), row.winners().get(0L).trial());
  }

  @Test
  void aMethodThatIsRunWithSomeSeedsOnlySaysSo() {
    assertEquals("run with 1 of 2 seeds", row("method", trial().valid()).note());
  }

  @Test
  void saysWhichSeedsAreMissing() {
    SummaryRow row =
        row("method", trial().valid(), trial().seed(1).ended(new TrialOutcome.Failed("it broke")));
    assertEquals(List.of(0L), row.seeds());
    assertEquals("only 1 of 2 seeds has a valid trial", row.note());
    assertEquals(1, row.failures().size());
    assertTrue(row.failures().get(0).contains("it broke"));
  }

  private static TimingResult.Shot shot(
      int fork, TrialResult trial, double seconds, double localizeSeconds, double otherLoad) {
    return new TimingResult.Shot(
        fork,
        trial.identity().seed(),
        trial.id(),
        trial.identity().hyperparameters(),
        seconds,
        localizeSeconds,
        null,
        otherLoad);
  }

  private static TimingResult timing(TimingResult.Shot... shots) {
    return new TimingResult(
        TimingResult.SCHEMA,
        "task",
        "method",
        "0.1.0",
        "hash",
        2,
        0.125,
        List.of(new TimingResult.SeedTime(0, 2, 0.5), new TimingResult.SeedTime(1, 4, null)),
        List.of(shots),
        HandMade.provenance());
  }

  @Test
  void jmhsTimesStandBesideTheSweepsOneOfEachSeed() {
    TrialResult first = trial().seconds(1).valid();
    TrialResult second = trial().seed(1).seconds(3).valid();
    TimingResult timing =
        timing(
            shot(0, first, 1.5, 1, 0),
            shot(0, second, 3, 2, 0.25),
            shot(1, first, 2.5, 2, 0),
            shot(1, second, 5, 4, 0));
    SummaryRow row = row(List.of(timing), "method", first, second);
    assertEquals("jmh", row.secondsSource());
    assertEquals(Statistic.of(List.of(2.0, 4.0)), row.seconds());
    assertEquals(0.125, row.secondsError());
    assertEquals(Statistic.of(List.of(1.5, 3.0)), row.localizeSeconds());
    assertNull(row.editSeconds());
    assertEquals(Statistic.of(List.of(1.0, 3.0)), row.sweepSeconds());
    assertEquals("", row.note());
  }

  @Test
  void theSweepsOwnTimesHaveNoError() {
    SummaryRow row = row("method", trial().seconds(1).valid());
    assertEquals("sweep", row.secondsSource());
    assertNull(row.secondsError());
    assertEquals(row.seconds(), row.sweepSeconds());
  }

  @Test
  void saysWhichOtherLoadThereWasWhileItWasTimed() {
    TrialResult trial = trial().valid();
    TimingResult loaded = timing(shot(0, trial, 1, 1, 0.1), shot(1, trial, 1, 1, 1.26));
    SummaryRow one = row(List.of(loaded), "method", trial);
    assertEquals("run with 1 of 2 seeds", one.note());
    assertEquals("other processes kept 1.3 cores busy while it was timed", one.timeNote());
    TrialResult other = trial().seed(1).valid();
    TimingResult whole = timing(shot(0, trial, 1, 1, 0.1), shot(0, other, 1, 1, 0.26));
    assertEquals(
        "other processes kept 0.3 cores busy while it was timed",
        row(List.of(whole), "method", trial, other).timeNote());
  }

  @Test
  void saysWhichSingleShotIsFarFromTheSweepsTime() {
    TrialResult trial = trial().seconds(0.007).valid();
    TrialResult other = trial().seed(1).seconds(0.007).valid();
    TimingResult single = timing(shot(0, trial, 0.045, 0.02, 0), shot(0, other, 0.008, 0.002, 0));
    assertEquals(
        "seed 0 took 0.045 s in one shot, and 0.0070 s in the sweep",
        row(List.of(single), "method", trial, other).timeNote());
  }

  @Test
  void saysThatATimeBelowZeroIsNoise() {
    String words = "below 0 within the noise of a difference of training steps with and without it";
    TrialResult trial = trial().seconds(-0.5).valid();
    assertEquals(words, row("method", trial).timeNote());
    TimingResult timed =
        new TimingResult(
            TimingResult.SCHEMA,
            "task",
            "method",
            "0.1.0",
            "hash",
            1,
            null,
            List.of(new TimingResult.SeedTime(0, -0.2, null)),
            List.of(shot(0, trial, -0.2, 0, 0)),
            HandMade.provenance());
    assertEquals(words, row(List.of(timed), "method", trial).timeNote());
  }

  @Test
  void noSeedIsLostToTheClock() {
    Trial extra = new Trial().of("extra-fine-tuning", Family.FINE_TUNING);
    SummaryRow row =
        row(
            "method",
            trial().seconds(2).valid(),
            trial().ratio(0.2).seconds(9).valid(),
            trial().seed(1).seconds(3).valid(),
            extra.seconds(2).valid());
    assertEquals(List.of(0L, 1L), row.seeds());
    assertEquals("", row.note());
    assertEquals(Map.of("slower-than-limit", 1), row.excluded());
  }

  @Test
  void saysWhichSeedsHaveNoEligibleTrial() {
    Scores none = MadeScores.of(new RowCounts(0, 0), 50.0, 2, Map.of("7", 50.0));
    SummaryRow row =
        row("method", trial().valid(), trial().seed(1).before(none).after(none).valid());
    assertEquals(List.of(0L), row.seeds());
    assertEquals("only 1 of 2 seeds has an eligible trial", row.note());
  }

  @Test
  void saysWhichSeedsHadNothingToForget() {
    Scores nothing = scores(0, 50, 50);
    TrialResult one = trial().seed(1).before(nothing).after(nothing).valid();
    SummaryRow row = row("method", trial().valid(), one);
    assertEquals(List.of(0L), row.seeds());
    String note = "nothing was memorized, and so nothing to forget, in seeds [1]";
    assertEquals(note, row.note());
    assertEquals(note, row("method", one).note().replace("; run with 1 of 2 seeds", ""));
    assertEquals(Map.of("not-applicable", 1), row.excluded());
  }

  @Test
  void saysWhichWinnersAreNoBetterThanNoMitigation() {
    TrialResult better = trial().valid();
    TrialResult same = trial().seed(1).after(scores(100, 50, 50)).valid();
    TrialResult costly = trial().seed(1).after(scores(90, 40, 40)).valid(); // -0.1 + 0.2
    String second = "no better than no mitigation in seeds [1]";
    assertEquals(second, row("method", better, same).note());
    assertEquals(second, row("method", better, costly).note());
    TrialResult more = trial().after(scores(100, 60, 60)).valid(); // M = 0, though A > 0
    assertEquals("no better than no mitigation", row("method", more, same).note());
  }

  @Test
  void aMethodWithoutAValidTrialHasNoNumbers() {
    SummaryRow row = row("method", trial().ended(new TrialOutcome.TimedOut("too slow")));
    assertNull(row.of(Metrics.MEMORIZED));
    assertNull(row.seconds());
    assertEquals("no valid trial", row.note());
    assertEquals(1, row.trials());
  }

  @Test
  void aMethodWithoutTrialsHasNoLine() {
    assertEquals(1, new Summary(INFO, List.of(), List.of(), List.of()).rows().size());
  }
}
