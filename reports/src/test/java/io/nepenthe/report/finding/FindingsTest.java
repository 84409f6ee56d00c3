package io.nepenthe.report.finding;

import static io.nepenthe.report.ChallengedRun.readings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.plugin.Family;
import io.nepenthe.report.ChallengedRun;
import io.nepenthe.report.RunFixture;
import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.summary.StoredRun;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Each finding with numbers that decide and with numbers that do not. */
final class FindingsTest {
  private static final CameBack RELEARNING = new CameBack("relearning", "artifacts", "Relearning");

  private static TaskChallenges task(StoredRun run) {
    return TaskChallenges.of(ReportModel.of(run)).get(0);
  }

  private static double[] of(double... values) {
    return values;
  }

  /** Readings of a model that forgot all, by seed: memorized once relearned. */
  private static Reading[][] relearned(double... values) {
    return DoubleStream.of(values)
        .mapToObj(value -> readings(0, value, 0, 0.5))
        .toArray(Reading[][]::new);
  }

  private static Reading[][] membership(double... aucs) {
    return DoubleStream.of(aucs).mapToObj(auc -> readings(0, 0, 0, auc)).toArray(Reading[][]::new);
  }

  /** A run of one method that forgot all. */
  private static TaskChallenges one(Reading[]... readings) {
    return task(
        new ChallengedRun(readings.length)
            .method("act", Family.UNLEARNING, true, of(0, 0, 0), 89)
            .challenge("act", readings)
            .run());
  }

  private static Clause clause(Candidate candidate, TaskChallenges task) {
    return candidate.clause(task).orElseThrow();
  }

  @Test
  void opensWithItsTwoQuestionsAndTheMostImportantOfWhatElseIsDecided() {
    List<Finding> findings = Findings.of(List.of(task(ChallengedRun.ofEach())));
    assertEquals(
        List.of(
            "Relearning brings back part of what was forgotten on math-noise.",
            "Rounding to int4 brings back part of what was forgotten on math-noise.",
            "Whether a newer method beats the paper’s best is not decided on math-noise."),
        findings.stream().map(Finding::lead).toList());
  }

  @Test
  void whatIsNotDecidedComesAfterAndIsCalledSo() {
    List<Finding> findings = Findings.of(List.of(one(relearned(0, 80, 10))));
    assertEquals(
        "Relearning: whether it brings back what was forgotten is not decided on math-noise.",
        findings.get(1).lead());
    assertEquals(List.of(true, false, false), findings.stream().map(Finding::isDecided).toList());
    assertEquals(
        List.of(),
        Findings.of(TaskChallenges.of(ReportModel.of(RunFixture.run()))),
        "nothing was challenged");
  }

  @Test
  void tellsWhatCameBackWithItsInterval() {
    // 0.20, 0.19 and 0.18 are left: t is 4.303 with two degrees of freedom, 4.303 * 0.01 / 1.732
    Clause clause = clause(RELEARNING, one(relearned(80, 81, 82)));
    assertEquals(Verdict.YES, clause.verdict());
    assertEquals(
        "On math-noise, the 1 method that had forgotten keeps 0.19 (95 % interval 0.17 to 0.21) of"
            + " it on average over 3 seeds; 1 of them loses at least half in every seed, and tests"
            + " (paired, Holm-corrected) tell a return for 1.",
        clause.words());
    Clause controls = clause(RELEARNING, task(ChallengedRun.ofEach()));
    assertTrue(controls.words().contains("(The retrained: 0.91)"), controls.words());
  }

  @Test
  void tellsThatLittleCameBackOnlyWhereTheIntervalLeavesNothingElse() {
    assertEquals(Verdict.NO, clause(RELEARNING, one(relearned(1, 2, 1))).verdict());
    assertEquals(Verdict.UNDECIDED, clause(RELEARNING, one(relearned(0, 8, 30))).verdict());
  }

  @Test
  void whatARetrainedModelLosesTooDidNotComeBack() {
    assertEquals(Verdict.UNDECIDED, besideRetrained(81, 81, 81).verdict());
    assertEquals(Verdict.YES, besideRetrained(5, 5, 5).verdict());
  }

  /** What is said of a method of which most comes back, beside a retrained model. */
  private static Clause besideRetrained(double... memorized) {
    ChallengedRun run =
        new ChallengedRun(3)
            .method("act", Family.UNLEARNING, true, of(0, 0, 0), 89)
            .challenge("act", relearned(80, 81, 82))
            .method("retrained", Family.CONTROL, false, of(0, 0, 0), 89)
            .challenge("retrained", relearned(memorized));
    return clause(RELEARNING, task(run.run()));
  }

  @Test
  void ofOneSeedNothingIsDecided() {
    Clause clause = clause(RELEARNING, one(relearned(80)));
    assertEquals(Verdict.UNDECIDED, clause.verdict());
    assertTrue(clause.words().contains("keeps 0.20 of it on average over 1 seed;"), clause.words());
    assertEquals(Verdict.UNDECIDED, clause(new BestMethod(), two(true, of(0), of(50))).verdict());
  }

  /** A run of the paper's "act" and of "npo", memorized by seed. */
  private static TaskChallenges two(boolean npoIsPapers, double[] act, double[] npo) {
    return task(
        new ChallengedRun(act.length)
            .method("act", Family.UNLEARNING, true, act, 89)
            .method("npo", Family.UNLEARNING, npoIsPapers, npo, 89)
            .run());
  }

  @Test
  void tellsTheBestMethodFromTheNextOnlyByATest() {
    Clause told = clause(new BestMethod(), two(true, of(0, 0, 0), of(50, 51, 52)));
    assertEquals(Verdict.YES, told.verdict());
    assertTrue(
        told.words()
            .startsWith(
                "On math-noise, The act has the best score and leaves 0.0 % (95 % interval 0.0 to"
                    + " 0.0) of the artifacts memorized of the original model’s 100.0 %, at an"
                    + " accuracy of 89.1 % (95 % interval 88.9 to 89.3), the original model’s being"
                    + " 90.0 %; a test tells it from the next, The npo (adjusted p = 0.0001)"),
        told.words());
    Clause untold = clause(new BestMethod(), two(true, of(0, 0, 0), of(50, 0, 1)));
    assertEquals(Verdict.UNDECIDED, untold.verdict());
    assertTrue(untold.words().contains("no test tells it from the next, The npo"), untold.words());
  }

  @Test
  void aNewerMethodBeatsThePapersBestOnlyByATest() {
    NewerMethods newer = new NewerMethods();
    assertEquals(Verdict.YES, clause(newer, two(false, of(50, 51, 52), of(0, 0, 0))).verdict());
    assertEquals(Verdict.UNDECIDED, clause(newer, two(false, of(50, 0, 1), of(0, 0, 0))).verdict());
    assertEquals(Verdict.NO, clause(newer, two(false, of(0, 0, 0), of(50, 51, 52))).verdict());
    assertTrue(newer.clause(two(true, of(0, 0, 0), of(1, 2, 3))).isEmpty(), "none is newer");
  }

  @Test
  void noNewerMethodComesUpOnlyWhereTestsTellEachOfThem() {
    TaskChallenges task =
        task(
            new ChallengedRun(3)
                .method("act", Family.UNLEARNING, true, of(0, 0, 0), 89)
                .method("npo", Family.UNLEARNING, false, of(50, 51, 52), 89)
                .method("rmu", Family.UNLEARNING, false, of(20, 90, 60), 89)
                .run());
    Clause clause = clause(new NewerMethods(), task);
    assertEquals(Verdict.UNDECIDED, clause.verdict());
    assertTrue(
        clause.words().endsWith(" Not told from the paper’s best: The rmu."), clause.words());
  }

  @Test
  void tellsWhatADestroyedModelScores() {
    Clause clause = clause(new DestroyedScore(), task(ChallengedRun.ofEach()));
    assertEquals(
        "On math-noise, The random leaves 0.0 % memorized, no more than 4 of 4 methods that are not"
            + " destroyed, with an accuracy of 11.1 % (95 % interval 10.9 to 11.3), the original"
            + " model’s being 90.0 %.",
        clause.words());
    assertTrue(new DestroyedScore().clause(one(relearned(0, 0, 0))).isEmpty());
  }

  @Test
  void tellsWhomMemorizationFlatters() {
    Clause told = clause(new FlatteredMethods(), task(ChallengedRun.ofEach()));
    assertEquals(Verdict.YES, told.verdict());
    assertTrue(
        told.words()
            .startsWith(
                "On math-noise, 1 of 4 methods loses ranks when the worst challenge counts; The"
                    + " hides falls from rank 1, 0.0 % memorized, to rank 3, 81.0 % (that rows come"
                    + " back: adjusted p = 0.0"),
        told.words());
    TaskChallenges untold =
        task(
            new ChallengedRun(3)
                .method("act", Family.UNLEARNING, true, of(0, 0, 0), 89)
                .challenge("act", relearned(0, 90, 10))
                .add("npo", Family.UNLEARNING, false, 5, 89, 5, 5)
                .run());
    assertEquals(Verdict.UNDECIDED, clause(new FlatteredMethods(), untold).verdict());
    assertTrue(new FlatteredMethods().clause(one(relearned(9, 9, 9))).isEmpty());
  }

  private static Reading[][] reach(double... keptBack) {
    return DoubleStream.of(keptBack)
        .mapToObj(
            kept ->
                new Reading[] {
                  new Reading("reach", "shown", null, Map.of("memorizedPercent", 2.0)),
                  new Reading("reach", "kept-back", null, Map.of("memorizedPercent", kept))
                })
        .toArray(Reading[][]::new);
  }

  @Test
  void anEditReachesWhatItWasNotShownWhereTheIntervalOfTheDifferenceSaysSo() {
    Clause not = clause(new Reached(), one(reach(60, 62, 64)));
    assertEquals(Verdict.NO, not.verdict());
    assertEquals(
        "On math-noise, 1 method that was shown only a part of the forget set leaves 62.0 % of the"
            + " rest memorized and 2.0 % of that part, on average; the difference is 60.0 points"
            + " (95 % interval 55.0 to 65.0).",
        not.words());
    assertEquals(Verdict.YES, clause(new Reached(), one(reach(2, 2, 3))).verdict());
    assertEquals(Verdict.UNDECIDED, clause(new Reached(), one(reach(2, 60, 8))).verdict());
    assertEquals(Verdict.UNDECIDED, clause(new Reached(), one(reach(60))).verdict());
  }

  @Test
  void aMembershipTestSeesWhatIsNoLongerRecitedOnlyByATest() {
    MembershipLeft left = new MembershipLeft();
    Clause seen = clause(left, one(membership(0.9, 0.91, 0.92)));
    assertEquals(Verdict.YES, seen.verdict());
    assertEquals(
        "On math-noise, of 1 method that leave at most 5 % memorized in every seed, tests (Holm over"
            + " 1) tell an AUC above 0.5 for 1 and below, over-unlearned, for 0; the original"
            + " model’s is 0.98 (95 % interval 0.98 to 0.98) by loss.",
        seen.words());
    assertEquals(Verdict.UNDECIDED, clause(left, one(membership(0.5, 0.9, 0.6))).verdict());
    Clause over = clause(left, one(membership(0.1, 0.11, 0.12)));
    assertEquals(Verdict.UNDECIDED, over.verdict());
    assertTrue(over.words().contains("over-unlearned, for 1;"), over.words());
  }
}
