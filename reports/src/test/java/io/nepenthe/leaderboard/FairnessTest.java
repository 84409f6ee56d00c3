package io.nepenthe.leaderboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.plugin.Family;
import io.nepenthe.protocol.ContentHash;
import io.nepenthe.selection.Exclusion;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.SummaryRow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a run may not do to a board: score is M - A, of 80 memorized rows before. */
final class FairnessTest {
  private static final List<Double> SAME = List.of(90.0, 90.0, 90.0);
  private static final String EARLIER = "1970-01-01T00:00:00Z";

  private static TaskBoard task(StoredRun... runs) {
    return task(KnownJars.NONE, runs);
  }

  private static TaskBoard task(KnownJars known, StoredRun... runs) {
    return Leaderboard.of(List.of(runs), known).boards().get(0).tasks().get(0);
  }

  private static List<Entry> entries(TaskBoard task, String method) {
    return task.entries().stream().filter(each -> each.method().equals(method)).toList();
  }

  private static Entry entry(TaskBoard task, String method) {
    assertEquals(1, entries(task, method).size());
    return entries(task, method).get(0);
  }

  private static MadeRun limited(double limit) {
    return limited("A", limit);
  }

  private static MadeRun limited(String machine, double limit) {
    return new MadeRun()
        .on(machine)
        .limitedBy("extra")
        .seconds(limit)
        .method("math", "extra", Family.FINE_TUNING, List.of(80, 80, 80), SAME);
  }

  /**
   * A slow setting forgets all, a fast one half: which may be chosen is a question of the limit.
   */
  private static MadeRun twoSettings(MadeRun run, double slow) {
    return run.ratio(0.1)
        .seconds(slow)
        .method("math", "npo", 0, 90)
        .ratio(0.2)
        .seconds(0.1)
        .method("math", "npo", 40, 90);
  }

  @Test
  void eachTrialMeetsTheLimitOfItsOwnRun() {
    StoredRun loaded = twoSettings(limited("B", 40), 30).run();
    StoredRun official = limited(3).method("math", "act", 20, 90).run();
    Entry alone = entry(task(loaded), "npo");
    assertEquals(-1.0, alone.score().mean());
    assertEquals(alone.score(), entry(task(loaded, official), "npo").score());
    StoredRun slow = twoSettings(limited("C", 3), 30).run();
    Entry bound = entry(task(slow, official), "npo");
    assertEquals(-0.5, bound.score().mean());
    assertEquals(
        Set.of(Exclusion.Kind.SLOWER_THAN_LIMIT),
        Set.copyOf(bound.excluded().stream().map(Exclusion::kind).toList()));
  }

  @Test
  void aRunWithoutItsOwnLimitIsListedOnly() {
    StoredRun official = limited(3).method("math", "act", 20, 90).run();
    StoredRun unlimited = new MadeRun().limitedBy("extra").method("math", "npo", 0, 90).run();
    StoredRun broken =
        new MadeRun()
            .limitedBy("extra")
            .failed("math", "extra", "it threw")
            .method("math", "slow", 0, 90)
            .run();
    TaskBoard task = task(official, unlimited, broken);
    for (String method : List.of("npo", "slow")) {
      assertNull(entry(task, method).place());
      assertEquals(
          List.of("its run has no valid trial of extra, which sets its limit"),
          entry(task, method).notPlaced());
    }
    assertEquals(1, entry(task, "act").place());
    assertTrue(task.rules().contains("than extra took in the same run"), task.rules());
  }

  @Test
  void aLimitOfAnotherMethodIsAnotherRule() {
    StoredRun own =
        new MadeRun()
            .limitedBy("npo-limit")
            .method("math", "npo-limit", Family.FINE_TUNING, List.of(80, 80, 80), SAME)
            .method("math", "npo", 0, 90)
            .run();
    StoredRun official = limited(3).method("math", "act", 20, 90).run();
    assertEquals(2, Leaderboard.of(List.of(own, official)).boards().get(0).tasks().size());
  }

  @Test
  void twoJarsOfOneVersionAreNeverAveragedAndOnlyTheFirstIsPlaced() {
    StoredRun first = new MadeRun().method("math", "npo", 40, 90).run();
    StoredRun other =
        new MadeRun().finishedAt(EARLIER).jar("other").method("math", "npo", 8, 90).run();
    List<Entry> both = entries(task(first, other), "npo");
    assertEquals(2, both.size());
    assertEquals(ContentHash.of("jar"), both.get(0).jar());
    assertEquals(1, both.get(0).place());
    assertEquals(-0.5, both.get(0).score().mean());
    assertNull(both.get(1).place());
    assertEquals(-0.9, both.get(1).score().mean(), 1e-12);
    assertTrue(
        both.get(1).notPlaced().get(0).startsWith("npo 0.1.0 came first with another jar ("),
        both.get(1).notPlaced().toString());
  }

  @Test
  void seedsOfTwoJarsDoNotMakeOneEntry() {
    StoredRun one = new MadeRun().seed("math", "npo", Family.UNLEARNING, 0, 8).run();
    StoredRun two =
        new MadeRun()
            .jar("other")
            .finishedAt(EARLIER)
            .seed("math", "npo", Family.UNLEARNING, 1, 8)
            .seed("math", "npo", Family.UNLEARNING, 2, 8)
            .run();
    StoredRun all = new MadeRun().method("math", "act", 20, 90).run();
    TaskBoard task = task(one, two, all);
    assertTrue(entries(task, "npo").stream().allMatch(each -> each.place() == null));
    assertEquals(List.of(0L), entries(task, "npo").get(0).seeds().subList(0, 1));
  }

  @Test
  void anIdThatBelongsToAJarIsTakenByNoOther() {
    KnownJars shipped = new KnownJars(Map.of("act", Set.of(ContentHash.of("jar"))));
    StoredRun official =
        new MadeRun()
            .finishedAt(EARLIER)
            .method("math", "act", 20, 90)
            .method("math", "sou", 30, 90)
            .run();
    for (String version : List.of("0.1.0", "9.9.9", "0.0.1")) {
      StoredRun shadow =
          new MadeRun().jar("mine").version(version).method("math", "act", 0, 90).run();
      TaskBoard task = task(shipped, shadow, official);
      List<Entry> acts = entries(task, "act");
      assertEquals(2, acts.size(), version);
      assertEquals("0.1.0", acts.get(0).version());
      assertEquals(-0.75, acts.get(0).score().mean());
      assertNotNull(acts.get(0).place());
      assertNull(acts.get(1).place());
      assertTrue(
          acts.get(1).notPlaced().get(0).startsWith("the id act belongs to another jar"),
          acts.get(1).notPlaced().toString());
      assertNull(task(shipped, shadow).entries().get(0).place());
    }
  }

  @Test
  void aShadowOfTheLimitingMethodSetsNoLimit() {
    KnownJars shipped = new KnownJars(Map.of("extra", Set.of(ContentHash.of("jar"))));
    StoredRun forged = twoSettings(limited(900).jar("npo"), 800).run();
    StoredRun shadowed =
        twoSettings(
                new MadeRun()
                    .limitedBy("extra")
                    .jar("mine")
                    .seconds(900)
                    .method("math", "extra", Family.FINE_TUNING, List.of(80, 80, 80), SAME),
                800)
            .run();
    assertEquals(1, entry(task(shipped, forged), "npo").place());
    assertEquals(
        List.of("its run has no valid trial of extra, which sets its limit"),
        entry(task(shipped, shadowed), "npo").notPlaced());
  }

  @Test
  void fewerSeedsThanMostIsNoPlace() {
    StoredRun official =
        new MadeRun().method("math", "act", 20, 90).method("math", "sou", 30, 90).run();
    StoredRun lucky = new MadeRun().seed("math", "npo", Family.UNLEARNING, 1, 0).run();
    TaskBoard task = task(official, lucky);
    Entry one = entry(task, "npo");
    assertNull(one.place());
    assertEquals(-1.0, one.score().mean());
    assertEquals(List.of("no result of seeds 0, 2"), one.notPlaced());
    assertEquals(List.of(0L, 1L, 2L), task.seeds());
  }

  @Test
  void furtherSeedsRaiseNothing() {
    StoredRun official =
        new MadeRun().method("math", "act", 20, 90).method("math", "sou", 30, 90).run();
    MadeRun more = new MadeRun().method("math", "npo", 40, 90);
    for (long seed = 3; seed < 9; seed++) {
      more.seed("math", "npo", Family.UNLEARNING, seed, 0);
    }
    Entry npo = entry(task(official, more.run()), "npo");
    assertEquals(-0.5, npo.score().mean());
    assertEquals(List.of(0L, 1L, 2L), npo.seeds());
    assertTrue(npo.notes().contains("seeds 3, 4, 5, 6, 7, 8 are not asked for"), npo.notes() + "");
  }

  @Test
  void whatItsPlanLacksKeepsAnEntryFromItsPlace() {
    StoredRun cherry =
        new MadeRun()
            .method("math", "npo", 8, 90)
            .method("math", "act", 20, 90)
            .lacks("math", 1, "npo")
            .lacks("math", 2, "npo")
            .run();
    TaskBoard task = task(cherry);
    assertNull(entry(task, "npo").place());
    assertEquals(
        List.of("2 trials of npo missing from its run (seeds 1, 2)"),
        entry(task, "npo").notPlaced());
    assertEquals(1, entry(task, "act").place());
    StoredRun without =
        new MadeRun().method("math", "act", 20, 90).lacks("math", 1, SummaryRow.ORIGINAL).run();
    assertEquals(
        List.of("the original models of seeds 1 are missing from its run"),
        entry(task(without), "act").notPlaced());
  }

  @Test
  void missingTrialsOfTheLimitingMethodCountToo() {
    StoredRun run = limited(3).method("math", "npo", 8, 90).lacks("math", 0, "extra").run();
    assertNull(entry(task(run), "npo").place());
    assertNotNull(entry(task(limited(3).method("math", "npo", 8, 90).run()), "npo").place());
  }

  @Test
  void submittingAgainRaisesNoScore() {
    StoredRun first = new MadeRun().method("math", "npo", List.of(40, 40, 40), SAME).run();
    StoredRun better = new MadeRun().finishedAt(EARLIER).method("math", "npo", 0, 90).run();
    StoredRun otherSettings =
        new MadeRun().finishedAt(EARLIER).ratio(0.7).method("math", "npo", 0, 90).run();
    for (TaskBoard task :
        List.of(
            task(first, better), task(first, otherSettings), task(first, otherSettings, better))) {
      Entry npo = entry(task, "npo");
      assertEquals(-0.5, npo.score().mean());
      assertTrue(npo.notes().toString().contains("of it not counted"), npo.notes().toString());
    }
  }

  @Test
  void aWholeRunGoesBeforeOneThatLacksSomething() {
    StoredRun broken = new MadeRun().method("math", "npo", 0, 90).lacks("math", 1, "npo").run();
    StoredRun whole = new MadeRun().finishedAt(EARLIER).method("math", "npo", 40, 90).run();
    Entry npo = entry(task(broken, whole), "npo");
    assertEquals(1, npo.place());
    assertEquals(-0.5, npo.score().mean());
  }

  @Test
  void theTimeOfAnotherRunIsNotBorrowed() {
    StoredRun first = new MadeRun().method("math", "npo", 8, 90).timed("math", "npo", 1).run();
    StoredRun faster =
        new MadeRun()
            .finishedAt(EARLIER)
            .method("math", "npo", 8, 90)
            .timed("math", "npo", 0.1)
            .run();
    assertEquals(1.0, entry(task(first, faster), "npo").seconds().mean());
  }
}
