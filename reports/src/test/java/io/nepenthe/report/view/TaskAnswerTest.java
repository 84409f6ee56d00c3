package io.nepenthe.report.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.report.RunFixture;
import io.nepenthe.report.Runs;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TrialOutcome;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.statistics.Ranking;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.Summary;
import io.nepenthe.testkit.MadeScores;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TaskAnswerTest {
  private final ReportModel report = ReportModel.of(RunFixture.run());
  private final TaskAnswer answer = TaskAnswer.of(report).get(0);

  private List<Ranking.Place> places() {
    return report.selection(answer.task()).orElseThrow().ranking().places();
  }

  @Test
  void namesTheMethodsThatForgetInEverySeedAtLittleCost() {
    // of 45 % memorized, BalancedSubnet leaves 2 to 3 % and 96.5 of 97 % accuracy; the next, 9 %
    assertEquals(
        "1 of 6 methods leaves at most 5 % memorized in every seed, with an accuracy at most 5 %"
            + " worse than the original model’s: BalancedSubnet.",
        answer.forgetting());
  }

  @Test
  void claimsADifferenceOnlyWhereTheRankingBeginsANewGroup() {
    String certainty = answer.certainty();
    assertTrue(
        certainty.startsWith("The best mean score over 3 seeds is that of BalancedSubnet."),
        certainty);
    assertEquals(
        places().stream().anyMatch(place -> place.group() > 1),
        certainty.contains("significantly better"),
        certainty);
    assertEquals(
        places().stream().filter(place -> place.group() == 1).count() > 1,
        certainty.contains("The tests do not tell it from"),
        certainty);
  }

  @Test
  void showsTheFirstPlaceBelowTheOriginalModel() {
    List<Table.Row> rows = answer.best().rows();
    assertEquals("Original model", rows.get(0).head().cell().text());
    assertEquals("BalancedSubnet", rows.get(1).head().cell().text());
    assertEquals("2.50", rows.get(1).cells().get(0).text());
    assertEquals("1.26 to 3.74", rows.get(1).cells().get(0).range());
    assertEquals(1 + places().stream().filter(place -> place.group() == 1).count(), rows.size());
  }

  @Test
  void saysNothingOfARunOfWhichNothingIsStored() {
    assertEquals(List.of(), TaskAnswer.of(ReportModel.of(Runs.empty())));
  }

  private static StoredRun withTrials(List<Long> seeds, UnaryOperator<TrialResult> change) {
    StoredRun run = RunFixture.run();
    RunInfo info = Runs.ofSeeds(seeds);
    List<OriginalResult> originals =
        run.originals().stream().filter(each -> seeds.contains(each.seed())).toList();
    List<TrialResult> trials =
        run.trials().stream()
            .filter(each -> seeds.contains(each.identity().seed()))
            .map(change)
            .toList();
    Summary summary = new Summary(info, originals, trials, List.of());
    return new StoredRun(info, originals, trials, List.of(), summary.rows(), summary.selection());
  }

  private static TaskAnswer answer(StoredRun run) {
    return TaskAnswer.of(ReportModel.of(run)).get(0);
  }

  @Test
  void ofOneSeedThereIsNoMeanAndNoTest() {
    TaskAnswer one = answer(withTrials(List.of(1L), UnaryOperator.identity()));
    assertTrue(
        one.forgetting()
            .startsWith("1 of 6 methods leaves at most 5 % memorized with the one seed,"),
        one.forgetting());
    assertEquals(
        "The best score, of one seed, is that of BalancedSubnet; one seed allows no test.",
        one.certainty());
    assertEquals("First place on math-noise, of one seed", one.best().caption());
  }

  @Test
  void aMethodWithoutAResultStaysInTheCount() {
    StoredRun run =
        withTrials(
            List.of(0L, 1L, 3L),
            trial -> trial.identity().method().equals("act") ? failed(trial) : trial);
    assertTrue(
        answer(run).forgetting().startsWith("1 of 6 methods leaves at most 5 % memorized in every"),
        answer(run).forgetting());
    assertTrue(answer(run).forgetting().endsWith(" Without a result: Act."));
  }

  @Test
  void whereLittleWasMemorizedThereIsLittleToForget() {
    Scores few = MadeScores.of(new RowCounts(10, 200), 90.0, 1.25, Map.of());
    StoredRun run = withTrials(List.of(0L, 1L, 3L), trial -> with(trial, few, trial.after()));
    StoredRun unsaid =
        new StoredRun(
            run.info(), List.of(), run.trials(), List.of(), run.summary(), run.selection());
    assertEquals(
        "There is little to forget: before any method, at most 5 % is memorized.",
        answer(unsaid).forgetting());
  }

  private static TrialResult failed(TrialResult trial) {
    return with(trial, trial.before(), null);
  }

  private static TrialResult with(TrialResult trial, Scores before, @Nullable Scores after) {
    boolean failed = after == null;
    return new TrialResult(
        trial.schema(),
        trial.id(),
        trial.identity(),
        trial.methodName(),
        trial.family(),
        failed ? new TrialOutcome.Failed(RunFixture.REASON) : trial.outcome(),
        before,
        after,
        trial.beforeSplit(),
        failed ? null : trial.afterSplit(),
        failed ? null : trial.time(),
        failed ? null : trial.changedEntries(),
        failed ? null : trial.mitigatedHash(),
        List.of(),
        null,
        null,
        trial.provenance(),
        trial.finishedAt());
  }
}
