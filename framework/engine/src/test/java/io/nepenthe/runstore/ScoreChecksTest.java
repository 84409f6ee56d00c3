package io.nepenthe.runstore;

import static io.nepenthe.selection.HandMade.scores;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.RepeatClass;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.metric.SplitScores;
import io.nepenthe.plugin.Family;
import io.nepenthe.selection.HandMade;
import io.nepenthe.selection.HandMade.Trial;
import io.nepenthe.testkit.MadeScores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreChecksTest {
  private static final Scores GOOD = scores(10, 50, 50);

  @TempDir private Path folder;

  private static Scores counted(int memorized, int eligible, double percent) {
    Scores scores = MadeScores.of(new RowCounts(memorized, eligible), 50.0, 2, Map.of("7", 50.0));
    return MadeScores.with(scores, Metrics.MEMORIZED.id(), percent);
  }

  private static void isMistake(String expected, TrialResult trial) {
    String mistake = ScoreChecks.mistake(trial).orElse("none");
    assertTrue(mistake.contains(expected), mistake);
  }

  @Test
  void numbersThatCanBeTrueAreNoMistake() {
    assertEquals(Optional.empty(), ScoreChecks.mistake(new Trial().after(GOOD).valid()));
    Scores none = MadeScores.of(new RowCounts(0, 0), null, Double.POSITIVE_INFINITY, Map.of());
    assertEquals(Optional.empty(), ScoreChecks.mistake(new Trial().after(none).valid()));
    TrialResult faster = new Trial().of("trained", Family.REGULARIZER).seconds(-0.5).valid();
    assertEquals(Optional.empty(), ScoreChecks.mistake(faster));
  }

  @Test
  void countsAndPercentagesAgree() {
    isMistake("0 of 33 rows are memorized, and that is called 58.0 %", after(counted(0, 33, 58)));
    isMistake("9999 of 33 rows are memorized", after(counted(9999, 33, 100)));
    isMistake("-1 of 33 rows are memorized", after(counted(-1, 33, 0)));
    isMistake("before: 0 of 33", new Trial().before(counted(0, 33, 58)).valid());
    SplitScores halves = new SplitScores(GOOD, GOOD);
    SplitScores wrong = new SplitScores(GOOD, counted(0, 33, 58));
    isMistake("after: 0 of 33", new Trial().halves(halves, wrong).valid());
  }

  private static TrialResult after(Scores scores) {
    return new Trial().after(scores).valid();
  }

  @Test
  void classesOfRepetitionAddUp() {
    List<RepeatClass> classes = List.of(new RepeatClass(1, 5, 1, 5), new RepeatClass(9, 5, 2, 5));
    RowCounts whole = new RowCounts(3, 10, classes);
    assertEquals(
        Optional.empty(), ScoreChecks.mistake(after(MadeScores.of(whole, null, 2, Map.of()))));
    isMistake(
        "4 of 10 rows are memorized, by classes",
        after(MadeScores.of(new RowCounts(4, 10, classes), null, 2, Map.of())));
    RowCounts tooMany = new RowCounts(9, 10, List.of(new RepeatClass(1, 5, 9, 10)));
    isMistake("9 of 10 rows", after(MadeScores.of(tooMany, null, 2, Map.of())));
  }

  @Test
  void everyMetricIsInItsRange() {
    isMistake("not in [0.0, 100.0]", after(MadeScores.with(GOOD, "accuracyPercent", 101.0)));
    isMistake("not in [1.0, Infinity]", after(MadeScores.with(GOOD, "perplexity", 0.5)));
  }

  @Test
  void onlyMethodsThatTakePartInTrainingCanTakeLessThanNothing() {
    isMistake("no method takes", new Trial().seconds(-1).valid());
    isMistake("no method takes", new Trial().of("t", Family.FINE_TUNING).seconds(-1).valid());
  }

  @Test
  void aFileOfSuchNumbersIsDamaged() {
    List<String> warnings = new ArrayList<>();
    RunStore store = new RunStore(folder, warnings::add);
    TrialResult forged = after(counted(0, 33, 58));
    store.put(forged);
    assertEquals(Optional.empty(), store.trial(forged.identity()));
    assertTrue(warnings.get(0).contains("called 58.0 %"), warnings.toString());
  }

  /** The rows that an original reproduces are listed: they are the forget set. */
  @Test
  void asManyRowsAreListedAsAreMemorized() {
    assertEquals(Optional.empty(), ScoreChecks.mistake(original(List.of(0, 1, 2))));
    assertEquals(
        Optional.of("3 rows are memorized, and 2 are listed"),
        ScoreChecks.mistake(original(List.of(0, 1))));
  }

  private static OriginalResult original(List<Integer> rows) {
    Scores three = MadeScores.of(new RowCounts(3, 10), 50.0, 2, Map.of("7", 50.0));
    return new OriginalResult(
        OriginalResult.SCHEMA,
        "t_s0",
        "t",
        0,
        "a",
        "b",
        "c",
        1,
        three,
        null,
        rows,
        List.of(),
        1,
        HandMade.provenance());
  }

  @Test
  void measurementsOfOneModelAgree() {
    assertTrue(ScoreChecks.areOfOneModel(GOOD, MadeScores.with(GOOD, "accuracyPercent", null)));
    assertTrue(!ScoreChecks.areOfOneModel(GOOD, scores(11, 50, 50)));
    assertTrue(!ScoreChecks.areOfOneModel(GOOD, scores(10, 50, 51)));
  }
}
