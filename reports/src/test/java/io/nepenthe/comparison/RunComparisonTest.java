package io.nepenthe.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.leaderboard.MadeRun;
import io.nepenthe.metric.Metrics;
import io.nepenthe.protocol.ErrorCode;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.summary.StoredRun;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RunComparisonTest {
  private static final Thresholds USUAL = new Thresholds(1, 10);
  private static final StoredRun BEFORE = made(10, 90).run();

  private static MadeRun made(int memorized, double accuracy) {
    return new MadeRun().method("math", "a", memorized, accuracy);
  }

  private static RunComparison compare(StoredRun before, StoredRun after) {
    return RunComparison.of(before, after, USUAL);
  }

  private static Difference only(RunComparison comparison, Quantity quantity) {
    assertEquals(1, comparison.changes().size());
    return comparison.changes().get(0).differences().stream()
        .filter(each -> each.quantity().equals(quantity))
        .findFirst()
        .orElseThrow();
  }

  private static StoredRun seeds(List<Integer> memorized, List<Double> accuracy) {
    return new MadeRun().method("math", "a", memorized, accuracy).run();
  }

  @Test
  void aRunIsTheSameAsItself() {
    RunComparison comparison = compare(BEFORE, BEFORE);
    assertEquals(Verdict.SAME, comparison.verdict());
    assertFalse(comparison.isWorse());
    assertEquals(0.0, only(comparison, Quantity.of(Metrics.MEMORIZED)).change());
    assertEquals(List.of(), comparison.onlyBefore());
    SameTrials trials = comparison.sameTrials();
    assertTrue(trials.count() > 0);
    assertEquals(trials.count(), trials.equal());
  }

  @Test
  void trialsOfOneIdentityAreToldFromThoseThatLeftTheSameWeights() {
    assertEquals(
        new SameTrials(2, 1),
        SameTrials.of(Map.of("a", "f0", "b", "f1", "c", "f2"), Map.of("a", "f0", "b", "f3")));
  }

  @Test
  void moreMemorizedIsWorseAndLessIsBetter() {
    assertEquals(Verdict.WORSE, compare(BEFORE, made(12, 90).run()).verdict());
    Difference less = only(compare(BEFORE, made(7, 90).run()), Quantity.of(Metrics.MEMORIZED));
    assertEquals(Verdict.BETTER, less.verdict());
    assertEquals(10.0, less.before());
    assertEquals(-3.0, less.change());
    assertEquals(List.of(0L, 1L, 2L), less.seeds());
  }

  @Test
  void lessAccuracyIsWorse() {
    RunComparison comparison = compare(BEFORE, made(5, 88).run());
    assertEquals(Verdict.BETTER, only(comparison, Quantity.of(Metrics.MEMORIZED)).verdict());
    assertEquals(Verdict.WORSE, only(comparison, Quantity.of(Metrics.ACCURACY)).verdict());
    assertTrue(comparison.isWorse());
  }

  @Test
  void perplexityDiffersInPerCent() {
    StoredRun before = new MadeRun().method("language", "a", 10, 200).run();
    Difference rise =
        only(
            compare(before, new MadeRun().method("language", "a", 10, 203).run()),
            Quantity.of(Metrics.PERPLEXITY));
    assertEquals(1.5, rise.change(), 1e-9);
    assertEquals(Verdict.WORSE, rise.verdict());
    StoredRun infinite = new MadeRun().method("language", "a", 10, Double.POSITIVE_INFINITY).run();
    Difference lost = only(compare(before, infinite), Quantity.of(Metrics.PERPLEXITY));
    assertEquals(Verdict.WORSE, lost.verdict());
    assertNull(lost.after());
    assertEquals(
        Verdict.BETTER, only(compare(infinite, before), Quantity.of(Metrics.PERPLEXITY)).verdict());
    assertEquals(
        Verdict.SAME, only(compare(infinite, infinite), Quantity.of(Metrics.PERPLEXITY)).verdict());
  }

  @Test
  void whatIsWithinTheThresholdIsTheSame() {
    assertEquals(Verdict.SAME, compare(BEFORE, made(11, 89).run()).verdict());
    StoredRun worse = made(13, 90).run();
    assertTrue(compare(BEFORE, worse).isWorse());
    assertFalse(RunComparison.of(BEFORE, worse, new Thresholds(3, 10)).isWorse());
  }

  @Test
  void whatIsWithinTheNoiseIsTheSame() {
    StoredRun noisy = seeds(List.of(20, 15, 9), List.of(90.0, 90.0, 90.0));
    Difference memorized = only(compare(BEFORE, noisy), Quantity.of(Metrics.MEMORIZED));
    assertEquals(14.0 / 3, memorized.change(), 1e-12);
    // 10, 5, -1: deviation 5.5076, 14/3 - 4.302653 * 5.5076 / sqrt(3)
    assertEquals(-9.0149, memorized.interval().low(), 1e-4);
    assertEquals(Verdict.SAME, memorized.verdict());
    assertEquals("beyond the threshold, but within the noise of 3 seeds", memorized.note());
  }

  @Test
  void fewSeedsAreJudgedByTheThresholdAndSaySo() {
    StoredRun before = seeds(List.of(10, 10), List.of(90.0, 90.0));
    StoredRun after = seeds(List.of(20, 9), List.of(90.0, 90.0));
    Difference memorized = only(compare(before, after), Quantity.of(Metrics.MEMORIZED));
    assertEquals(Verdict.WORSE, memorized.verdict());
    assertEquals("only 2 seeds in common: judged by the threshold alone", memorized.note());
  }

  @Test
  void comparesCommonSeedsOnly() {
    RunComparison comparison = compare(BEFORE, seeds(List.of(10), List.of(90.0)));
    assertEquals(List.of(0L), only(comparison, Quantity.of(Metrics.MEMORIZED)).seeds());
    assertEquals(
        "seeds [0, 1, 2] before, [0] after: compared on those in common; a seed that is gone is worse",
        comparison.changes().get(0).note());
    assertEquals(Verdict.WORSE, comparison.verdict());
    assertEquals(Verdict.SAME, compare(seeds(List.of(10), List.of(90.0)), BEFORE).verdict());
  }

  @Test
  void timesCompareOnOneClassOfMachinesOnly() {
    StoredRun slower = made(10, 90).timed("math", "a", 2).run();
    StoredRun fast = made(10, 90).timed("math", "a", 1).run();
    StoredRun elsewhere = new MadeRun().on("B").method("math", "a", 10, 90).run();
    Difference time = only(compare(fast, slower), Quantity.TIME);
    assertEquals(Verdict.WORSE, time.verdict());
    assertEquals(100.0, time.change(), 1e-9);
    assertEquals(Verdict.BETTER, only(compare(slower, fast), Quantity.TIME).verdict());
    Difference other = only(compare(fast, elsewhere), Quantity.TIME);
    assertEquals(Verdict.INCOMPARABLE, other.verdict());
    assertEquals(Verdict.SAME, compare(fast, elsewhere).verdict());
  }

  private static StoredRun times(double... seconds) {
    return made(10, 90).timed("math", "a", t -> seconds[(int) t.identity().seed()]).run();
  }

  @Test
  void ratiosDifferByAsMuchEitherWayRound() {
    StoredRun one = times(0.045, 0.0073, 0.0069);
    StoredRun other = times(0.0072, 0.045, 0.0068);
    Difference there = only(compare(one, other), Quantity.TIME);
    Difference back = only(compare(other, one), Quantity.TIME);
    assertEquals(1, (1 + there.change() / 100) * (1 + back.change() / 100), 1e-12);
    assertEquals(there.change(), 100 * (there.after() / there.before() - 1), 1e-9);
    assertEquals(Math.cbrt(0.045 * 0.0073 * 0.0069), there.before(), 1e-12);
    assertEquals(there.before(), back.after(), 1e-12);
    // logarithms of 0.16, 6.164 and 0.9855: mean -0.009464, so 0.94 % faster, not 144 % slower
    assertEquals(-0.9419, there.change(), 1e-3);
    assertEquals(1, (1 + there.interval().low() / 100) * (1 + back.interval().high() / 100), 1e-9);
    Difference slower = only(compare(times(1, 1, 1), times(1.11, 1.11, 1.11)), Quantity.TIME);
    Difference faster = only(compare(times(1.11, 1.11, 1.11), times(1, 1, 1)), Quantity.TIME);
    assertEquals(Verdict.WORSE, slower.verdict());
    assertEquals(Verdict.BETTER, faster.verdict());
  }

  @Test
  void whatIsNotAboveZeroHasNoRatio() {
    Difference time = only(compare(times(1, 1, 1), times(1, 0, 1)), Quantity.TIME);
    assertEquals(Verdict.INCOMPARABLE, time.verdict());
    assertEquals("is not above 0 in every seed", time.note());
  }

  @Test
  void tellsThatATimingWasDisturbed() {
    StoredRun quiet = made(10, 90).timed("math", "a", 1).run();
    StoredRun busy = made(10, 90).otherLoad(1.5).timed("math", "a", 2).run();
    assertEquals(
        "after, other processes kept 1.5 cores busy while it was timed",
        only(compare(quiet, busy), Quantity.TIME).note());
    assertEquals("", only(compare(quiet, quiet), Quantity.TIME).note());
  }

  @Test
  void aMillisecondIsNoChange() {
    StoredRun fast = made(10, 90).timed("math", "a", 0.0002).run();
    StoredRun slower = made(10, 90).timed("math", "a", 0.0009).run();
    assertEquals(Verdict.SAME, only(compare(fast, slower), Quantity.TIME).verdict());
  }

  @Test
  void listsWhatOnlyOneRunHas() {
    StoredRun before = made(10, 90).method("math", "gone", 10, 90).method("x", "a", 1, 90).run();
    StoredRun after = made(10, 90).method("math", "new", 10, 90).run();
    RunComparison comparison = compare(before, after);
    assertEquals(List.of("task x", "method gone on math"), comparison.onlyBefore());
    assertEquals(List.of("method new on math"), comparison.onlyAfter());
    assertEquals(Verdict.WORSE, comparison.verdict());
    assertEquals(Verdict.SAME, compare(BEFORE, after).verdict());
    StoredRun withoutTask = made(10, 90).method("math", "gone", 10, 90).run();
    assertTrue(compare(before, withoutTask).isWorse());
    assertTrue(compare(withoutTask, made(10, 90).run()).isWorse());
  }

  @Test
  void aMethodThatFailsNowGotWorse() {
    StoredRun failing = new MadeRun().failed("math", "a", "it threw").run();
    RunComparison comparison = compare(BEFORE, failing);
    assertTrue(comparison.isWorse());
    assertEquals("has no result any more: it threw", comparison.changes().get(0).note());
    assertEquals(Verdict.BETTER, compare(failing, BEFORE).verdict());
    assertEquals(Verdict.SAME, compare(failing, failing).verdict());
  }

  @Test
  void tasksOfOtherDefinitionOrDataDoNotCompare() {
    StoredRun other = new MadeRun().definition("other").method("math", "a", 90, 10).run();
    RunComparison comparison = compare(BEFORE, other);
    assertEquals(
        List.of("task math is defined otherwise in the second run"), comparison.incomparable());
    assertEquals(Verdict.INCOMPARABLE, comparison.verdict());
    StoredRun data = new MadeRun().data("other").method("math", "a", 90, 10).run();
    assertEquals(
        List.of("task math has other data in the second run"),
        compare(BEFORE, data).incomparable());
  }

  @Test
  void refusesRunsThatCannotCompare() {
    refuses(new MadeRun().protocol("1.1").method("math", "a", 1, 90), "protocol 1.1");
    refuses(
        new MadeRun().fidelity(Fidelity.REFERENCE).method("math", "a", 1, 90),
        "reference fidelity");
    refuses(new MadeRun().method("x", "a", 1, 90), "no task in common");
  }

  private static void refuses(MadeRun after, String words) {
    NepentheException refused =
        assertThrows(NepentheException.class, () -> compare(BEFORE, after.run()));
    assertEquals(ErrorCode.BAD_USAGE, refused.code());
    assertTrue(refused.getMessage().contains(words), refused.getMessage());
  }

  @Test
  void otherMetricsAreToldInPointsButNotCounted() {
    Quantity strength =
        Quantity.of(
            Metrics.all().stream()
                .filter(metric -> metric.id().equals("extractionStrength"))
                .findFirst()
                .orElseThrow());
    assertEquals(50, strength.change(0.25, 0.75), 1e-12);
    assertEquals(50, strength.worsening(50), 1e-12);
    assertEquals(-50, Quantity.of(Metrics.ACCURACY).worsening(50), 1e-12);
    Quantity perplexity = Quantity.of(Metrics.PERPLEXITY);
    assertEquals(50, perplexity.told(perplexity.change(2, 3)), 1e-12);
    MethodChange change =
        MethodChange.of(
            "task",
            "act",
            "Act",
            List.of(Difference.incomparable(perplexity, "")),
            List.of(
                new Difference(strength, 0.25, 0.75, 50.0, null, List.of(0L), Verdict.WORSE, "")),
            Set.of(0L),
            Set.of(0L));
    assertEquals(Verdict.INCOMPARABLE, change.verdict());
  }
}
