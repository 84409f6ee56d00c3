package io.nepenthe.leaderboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.json.Json;
import io.nepenthe.metric.Metrics;
import io.nepenthe.plugin.Family;
import io.nepenthe.protocol.Fidelity;
import io.nepenthe.protocol.NepentheException;
import io.nepenthe.summary.StoredRun;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** M = (memorized - 80) / 80, A = (accuracy - 90) / 90; the score is M - A. */
final class LeaderboardTest {
  /** What a run says that would like to be the first. */
  private static final String EARLIER = "1970-01-01T00:00:00Z";

  private static final List<Double> SAME = List.of(90.0, 90.0, 90.0);

  /** "good" and "alike" have the mean score -0.9, "bad" is worse by 0.8 to 0.825 in every seed. */
  private static MadeRun three(String task) {
    return three(new MadeRun(), task);
  }

  private static MadeRun three(MadeRun run, String task) {
    return run.method(task, "bad", MadeRun.rising(72), SAME)
        .method(task, "good", 8, 90)
        .method(task, "alike", List.of(4, 12, 8), SAME)
        .method(task, "nothing", Family.CONTROL, MadeRun.rising(79), SAME);
  }

  private static Board board(StoredRun... runs) {
    List<Board> boards = Leaderboard.of(List.of(runs)).boards();
    assertEquals(1, boards.size());
    return boards.get(0);
  }

  private static Entry entry(TaskBoard task, String method) {
    return task.entries().stream()
        .filter(each -> each.method().equals(method))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> overall(Board board) {
    return board.overall().stream()
        .map(each -> each.place() + " " + each.method() + " " + each.rank().mean())
        .toList();
  }

  @Test
  void ranksByMeanScoreAndLetsTiesShareAPlace() {
    TaskBoard task = board(three("math").run()).tasks().get(0);
    assertEquals(
        List.of("alike 1 1 1.5", "good 1 1 1.5", "bad 3 2 3.0", "nothing null null null"),
        task.entries().stream()
            .map(e -> e.method() + " " + e.place() + " " + e.tieGroup() + " " + e.rank())
            .toList());
    Value score = entry(task, "alike").score();
    assertEquals(-0.9, score.mean(), 1e-12);
    assertEquals(-1.024207, score.low(), 1e-6); // 4.302653 * 0.05 / sqrt(3) below
    assertEquals(-0.775793, score.high(), 1e-6);
    assertTrue(task.caveat().startsWith("With 3 seeds"), task.caveat());
    assertEquals(80.0, task.before().of(Metrics.MEMORIZED).mean());
  }

  @Test
  void aSingleTaskHasNoOverallRanking() {
    assertEquals(List.of(), board(three("math").run()).overall());
  }

  @Test
  void overallIsTheMeanRankAndMissingTasksCountAsLast() {
    MadeRun both =
        three("math")
            .method("other", "good", 72, 90)
            .method("other", "bad", MadeRun.rising(8), SAME);
    Board board = board(both.run());
    // other: bad 1, good 2, alike 3 (last of three); math: alike and good 1.5, bad 3
    assertEquals(List.of("1 good 1.75", "2 bad 2.0", "3 alike 2.25"), overall(board));
    OverallEntry alike = board.overall().get(2);
    assertEquals(List.of("other"), alike.missing());
    assertEquals(1, alike.tasks());
  }

  @Test
  void equalMeanRanksShareAPlace() {
    MadeRun run =
        new MadeRun()
            .method("one", "a", 8, 90)
            .method("one", "b", 72, 90)
            .method("two", "a", 72, 90)
            .method("two", "b", 8, 90);
    assertEquals(List.of("1 a 1.5", "1 b 1.5"), overall(board(run.run())));
  }

  @Test
  void allThatMissATaskShareItsLastRanks() {
    MadeRun run = three("math").method("other", "new", 8, 90);
    // math: new is 4th of 4; other: alike, good and bad share 2, 3 and 4
    assertEquals(
        List.of("1 alike 2.25", "1 good 2.25", "3 new 2.5", "4 bad 3.0"),
        overall(board(run.run())));
  }

  @Test
  void marksOverUnlearning() {
    TaskBoard task =
        board(
                new MadeRun()
                    .method("math", "lost", 5, 80.9)
                    .method("math", "kept", 5, 81.1)
                    .method("math", "remembers", 6, 40)
                    .run())
            .tasks()
            .get(0);
    assertTrue(entry(task, "lost").overUnlearned());
    assertEquals("over-unlearned: accuracy fell by 10.1 %", entry(task, "lost").notes().get(0));
    assertFalse(entry(task, "kept").overUnlearned());
    assertFalse(entry(task, "remembers").overUnlearned());
  }

  @Test
  void marksOverUnlearningByPerplexityWhereThereIsNoAccuracy() {
    TaskBoard task =
        board(
                new MadeRun()
                    .method("language", "lost", 0, 15.1)
                    .method("language", "kept", 0, 15)
                    .method("language", "broken", 0, Double.POSITIVE_INFINITY)
                    .run())
            .tasks()
            .get(0);
    assertEquals("over-unlearned: perplexity rose by 51 %", entry(task, "lost").notes().get(0));
    assertFalse(entry(task, "kept").overUnlearned());
    assertTrue(entry(task, "broken").overUnlearned());
    assertNull(entry(task, "broken").metrics().of(Metrics.PERPLEXITY).mean());
    assertEquals("broken", task.entries().get(2).method());
  }

  @Test
  void leavesTimesOfOtherMachinesBlank() {
    StoredRun one = new MadeRun().method("math", "a", 8, 90).method("math", "b", 9, 90).run();
    StoredRun other = new MadeRun().on("B").method("math", "c", 10, 90).run();
    TaskBoard task = board(one, other).tasks().get(0);
    assertEquals("A, 4 logical cores, 1 thread per operator", task.machine());
    assertEquals(1.0, entry(task, "a").seconds().mean());
    assertNull(entry(task, "c").seconds());
    assertTrue(
        entry(task, "c").notes().toString().contains("timed on another machine (B, 4 logical"),
        entry(task, "c").notes().toString());
    assertEquals(3, task.entries().stream().filter(each -> each.place() != null).count());
  }

  @Test
  void prefersJmhsTimesToTheSweeps() {
    StoredRun run = new MadeRun().method("math", "a", 8, 90).timed("math", "a", 0.25).run();
    Entry entry = board(run).tasks().get(0).entries().get(0);
    assertEquals(0.25, entry.seconds().mean());
    assertEquals("jmh", entry.secondsSource());
  }

  @Test
  void neverRanksProtocolsOrFidelitiesTogether() {
    List<Board> boards =
        Leaderboard.of(
                List.of(
                    three("math").run(),
                    new MadeRun().protocol("1.10").method("math", "a", 8, 90).run(),
                    new MadeRun().fidelity(Fidelity.REFERENCE).method("math", "a", 8, 90).run()))
            .boards();
    assertEquals(
        List.of(
            "Protocol 1.10, clean fidelity",
            "Protocol 1.0, clean fidelity",
            "Protocol 1.0, reference fidelity"),
        boards.stream().map(Board::title).toList());
    assertEquals(4, boards.get(1).tasks().get(0).entries().size());
  }

  @Test
  void keepsOtherDefinitionsOfATaskApart() {
    Board board =
        board(
            new MadeRun().method("math", "a", 8, 90).run(),
            new MadeRun().definition("other").method("math", "b", 8, 90).run());
    assertEquals(2, board.tasks().size());
    assertTrue(board.tasks().get(0).task().matches("math \\([0-9a-f]{8}\\)"));
    assertEquals(2, board.overall().size());
  }

  @Test
  void refusesOtherDataOfTheSameTask() {
    StoredRun one = new MadeRun().method("math", "a", 8, 90).run();
    StoredRun other = new MadeRun().data("other").method("math", "b", 8, 90).run();
    NepentheException refused =
        assertThrows(NepentheException.class, () -> Leaderboard.of(List.of(one, other)));
    assertTrue(refused.getMessage().contains("math, seed 0"), refused.getMessage());
  }

  @Test
  void ranksOnlyTheNewestVersion() {
    Board board =
        board(
            new MadeRun().version("0.10.0").method("math", "a", 40, 90).run(),
            new MadeRun().version("0.9.0").method("math", "a", 8, 90).run());
    Entry only = board.tasks().get(0).entries().get(0);
    assertEquals(1, board.tasks().get(0).entries().size());
    assertEquals("0.10.0", only.version());
    assertEquals(40.0, only.metrics().of(Metrics.MEMORIZED).mean());
    assertEquals(List.of("a 0.9.0: 0.10.0 is newer, and ranked"), board.leftOut());
  }

  @Test
  void listsAMethodWithoutAResultWithoutAPlace() {
    Board board = board(three("math").failed("math", "broken", "it threw").run());
    Entry broken = board.tasks().get(0).entries().get(3);
    assertEquals("broken", broken.method());
    assertNull(broken.place());
    assertEquals(List.of("no valid trial"), broken.notes());
  }

  @Test
  void poolsSeedsOfSeveralRuns() {
    StoredRun one = new MadeRun().method("math", "a", List.of(8), List.of(90.0)).run();
    StoredRun three = new MadeRun().method("math", "a", 8, 90).run();
    assertEquals(List.of(0L, 1L, 2L), board(one, three).tasks().get(0).entries().get(0).seeds());
  }

  @Test
  void dependsNeitherOnTheOrderOfRunsWithoutCommonEntriesNorOnRepetitions() {
    StoredRun one = three("math").timed("math", "good", 0.5).run();
    StoredRun two = three("language").method("math", "new", MadeRun.rising(20), SAME).run();
    List<String> boards =
        Stream.of(List.of(one, two), List.of(two, one), List.of(two, one, two, one))
            .map(runs -> Json.pretty(Leaderboard.of(runs)))
            .distinct()
            .toList();
    assertEquals(1, boards.size());
  }

  @Test
  void aSuiteThatIsRunAgainElsewhereGainsNothing() {
    StoredRun first = three("math").method("math", "act", List.of(40, 8, 40), SAME).run();
    StoredRun again =
        three(new MadeRun().weights("other").finishedAt(EARLIER), "math")
            .method("math", "act", List.of(8, 40, 8), SAME)
            .run();
    Board board = board(first, again);
    TaskBoard task = board.tasks().get(0);
    assertEquals(entry(board(first).tasks().get(0), "act").score(), entry(task, "act").score());
    assertEquals(80.0, task.before().of(Metrics.MEMORIZED).mean());
    assertEquals(
        List.of(
            "math: 15 trials of other original models of seeds 0, 1, 2; one model of each seed"
                + " counts"),
        board.leftOut());
  }

  @Test
  void theOriginalOfMostMethodsCountsAndWhoRanElsewhereIsListed() {
    StoredRun alone = new MadeRun().weights("other").method("math", "alone", 0, 90).run();
    Board board = board(alone, three("math").run());
    Entry without = entry(board.tasks().get(0), "alone");
    assertNull(without.place());
    assertNull(without.score());
    assertEquals(
        List.of(
            "seeds 0, 1, 2: run on another original model of the seed than the one that counts"),
        without.notPlaced());
  }

  @Test
  void aSettingThatIsRunAgainOnTheSameModelCountsOnce() {
    StoredRun first = three("math").method("math", "act", List.of(40, 8, 40), SAME).run();
    StoredRun again =
        three(new MadeRun().threads(2).finishedAt(EARLIER), "math")
            .method("math", "act", List.of(8, 40, 8), SAME)
            .run();
    assertEquals(
        entry(board(first).tasks().get(0), "act").score(),
        entry(board(first, again).tasks().get(0), "act").score());
    assertEquals(
        entry(board(again).tasks().get(0), "act").score(),
        entry(board(again, first).tasks().get(0), "act").score());
  }

  @Test
  void aTaskOnWhichNothingWasMemorizedDoesNotCountOverall() {
    MadeRun run = three(three("a"), "b").memorizedBefore(0);
    StoredRun stored =
        run.method("untrained", "bad", Family.FINE_TUNING, List.of(0, 0, 0), SAME)
            .method("untrained", "good", Family.UNLEARNING, List.of(1, 0, 0), SAME)
            .run();
    Board board = board(stored);
    TaskBoard untrained = board.tasks().get(2);
    assertEquals("untrained", untrained.task());
    assertTrue(untrained.notCounted().startsWith("Nothing was memorized before mitigation"));
    assertTrue(untrained.entries().stream().allMatch(each -> each.place() == null));
    assertEquals(overall(board(three(three("a"), "b").run())), overall(board));
    assertEquals(List.of(), board.overall().get(0).missing());
    assertEquals(2, board.counted());
  }

  @Test
  void tellsEachMethodsTestAgainstTheBest() {
    TaskBoard task = board(three("math").run()).tasks().get(0);
    assertNull(entry(task, "alike").adjustedPWithBest());
    assertEquals(1, entry(task, "good").adjustedPWithBest(), 1e-12);
    assertTrue(entry(task, "bad").adjustedPWithBest() < 0.05);
  }

  @Test
  void saysThatAMethodIsNoBetterThanNoMitigation() {
    MadeRun run = three("math").method("math", "worse", 84, 90);
    assertTrue(
        entry(board(run.run()).tasks().get(0), "worse")
            .notes()
            .contains("no better than no mitigation"));
  }

  @Test
  void ordersVersions() {
    assertEquals(
        List.of("x", "0.9.0-rc", "0.9.0", "0.10", "0.10.1"),
        Stream.of("0.10.1", "0.9.0", "x", "0.10", "0.9.0-rc")
            .sorted(Versions.OLDEST_FIRST)
            .toList());
  }
}
