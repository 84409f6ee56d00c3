package io.nepenthe.retention;

import static io.nepenthe.retention.MadeChallenges.reading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.selection.BySeed;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static Retention of(ChallengedTask task, String variant) {
    return Retention.of(task).stream()
        .filter(each -> each.variant().equals(variant))
        .findFirst()
        .orElseThrow();
  }

  private static double mean(Retention retention) {
    return Objects.requireNonNull(retention.retention()).statistic().mean();
  }

  @Test
  void isTheShareOfTheForgettingThatIsLeft() {
    // 80 of 90 points were forgotten; 20 of the 80 came back
    assertEquals(0.75, Retention.of(90, 10, 30).orElseThrow());
    assertEquals(1, Retention.of(90, 10, 10).orElseThrow());
    assertEquals(0, Retention.of(90, 10, 90).orElseThrow());
    assertTrue(Retention.of(90, 10, 5).orElseThrow() > 1);
  }

  @Test
  void isNotDefinedWhereNothingWasForgotten() {
    assertTrue(Retention.of(90, 85.1, 85.1).isEmpty());
    assertEquals(1, Retention.of(90, 85, 85).orElseThrow());
    Retention none =
        of(
            new MadeChallenges()
                .add(ChallengeResult.ORIGINAL, 3, reading("rounding", "unchallenged", 90))
                .add(
                    "act",
                    3,
                    reading("rounding", "unchallenged", 88),
                    reading("rounding", "int4", 90))
                .task(),
            "int4");
    assertNull(none.retention());
    assertEquals(List.of(3L), none.undefined());
  }

  @Test
  void takesTheLastStepOfRelearningAndTheMeanOverSeeds() {
    MadeChallenges made = new MadeChallenges();
    for (long seed : List.of(0L, 1L)) {
      made.add(ChallengeResult.ORIGINAL, seed, reading("relearning", "unchallenged", 100));
      made.add(
          "act",
          seed,
          reading("relearning", "unchallenged", 0),
          reading("relearning", "artifacts", 0, 0),
          reading("relearning", "artifacts", 10, 20 + 20.0 * seed),
          reading("relearning", "artifacts", 5, 99));
    }
    Retention relearned = of(made.task(), "artifacts");
    assertEquals(Map.of(0L, 0.8, 1L, 0.6), Objects.requireNonNull(relearned.retention()).values());
    assertEquals(0.7, mean(relearned), 1e-12);
    Variant artifacts = new Variant("relearning", "artifacts");
    assertEquals(
        List.of(0, 5, 10),
        List.copyOf(made.task().curve("act", artifacts, "memorizedPercent").keySet()));
  }

  @Test
  void takesTheWorstPromptOfEachSeed() {
    MadeChallenges made = new MadeChallenges();
    for (long seed : List.of(0L, 1L)) {
      made.add(ChallengeResult.ORIGINAL, seed, reading("prompts", "unchallenged", 50));
      made.add(
          "act",
          seed,
          reading("prompts", "unchallenged", 0),
          reading("prompts", "shorter-2", 40.0 * seed),
          reading("prompts", "noised", 10));
    }
    Retention worst = of(made.task(), Variant.WORST);
    // 10 of 50 come back with seed 0, 40 of 50 with seed 1
    assertEquals(Map.of(0L, 0.8, 1L, 0.2), Objects.requireNonNull(worst.retention()).values());
  }

  /** Three seeds of two methods of which the first forgot all, and regains as much as is said. */
  private static ChallengedTask regaining(double... points) {
    MadeChallenges made = new MadeChallenges();
    for (int seed = 0; seed < points.length; seed++) {
      made.add(ChallengeResult.ORIGINAL, seed, reading("rounding", "unchallenged", 100));
      made.add(
          "hides",
          seed,
          reading("rounding", "unchallenged", 0),
          reading("rounding", "int4", points[seed]));
      made.add(
          "keeps", seed, reading("rounding", "unchallenged", 20), reading("rounding", "int4", 20));
    }
    return made.task();
  }

  @Test
  void aReturnIsToldOnlyWhereTheCorrectedTestTellsIt() {
    // t = 60 / (1 / sqrt 3) = 103.9 with 2 degrees of freedom: p = 0.00009, times 2
    List<Regained> told = Regained.of(Retention.of(regaining(59, 60, 61)));
    assertEquals(List.of(true, false), told.stream().map(Regained::isTold).toList());
    assertEquals(60, told.get(0).test().meanDifference(), 1e-9);
    assertEquals(1.85e-4, told.get(0).adjustedP(), 1e-5);
    // t = 30 / (26.5 / sqrt 3) = 1.96: p = 0.19
    List<Regained> undecided = Regained.of(Retention.of(regaining(0, 40, 50)));
    assertEquals(List.of(false, false), undecided.stream().map(Regained::isTold).toList());
  }

  @Test
  void theMeanIsOverMethodsThatForgotInEverySeed() {
    List<Retention> all = Retention.of(regaining(60, 40, 50));
    Variant int4 = new Variant("rounding", "int4");
    MeanRetention both =
        MeanRetention.of(all, int4, List.of("hides", "keeps", "absent")).orElseThrow();
    assertEquals(List.of("hides", "keeps"), both.methods());
    assertEquals(Map.of(0L, 0.7, 1L, 0.8, 2L, 0.75), both.retention().values());
    assertEquals(List.of(), both.halfLost(), "0.6 is left in seed 1");
    assertEquals(
        List.of("hides"),
        MeanRetention.of(Retention.of(regaining(60, 50, 50)), int4, List.of("hides"))
            .orElseThrow()
            .halfLost());
    assertTrue(MeanRetention.of(all, int4, List.of()).isEmpty());
  }

  @Test
  void ranksByTheWorstThatAnyChallengeBringsBack() {
    Map<String, BySeed> judged = Map.of("hides", by(0, 0, 0), "keeps", by(20, 20, 20));
    List<RankChange> changes = RankChange.of(regaining(60, 40, 50), judged);
    assertEquals(List.of("keeps", "hides"), changes.stream().map(RankChange::method).toList());
    assertEquals(1, changes.get(1).judged().rank());
    assertEquals(2, changes.get(1).challenged().rank());
    assertEquals(1, changes.get(1).lost());
    assertEquals(50, changes.get(1).challenged().memorized().statistic().mean());
    assertEquals(List.of(), RankChange.of(regaining(60, 40), judged), "a seed is not challenged");
  }

  private static BySeed by(double... values) {
    Map<Long, Double> bySeed = new TreeMap<>();
    for (int seed = 0; seed < values.length; seed++) {
      bySeed.put((long) seed, values[seed]);
    }
    return Objects.requireNonNull(BySeed.of(bySeed, Function.identity()));
  }
}
