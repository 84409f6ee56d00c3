package io.nepenthe.study;

import static io.nepenthe.selection.HandMade.scores;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.plugin.Family;
import io.nepenthe.runstore.ChallengeResult;
import io.nepenthe.runstore.ChallengeResult.Reading;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.RunInfo;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.selection.HandMade;
import io.nepenthe.selection.HandMade.Trial;
import io.nepenthe.summary.StoredRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MetricStudyTest {
  private static final PoolMethods POOLS = new PoolMethods("unchanged", "retrained");
  private static final RunInfo INFO =
      HandMade.run(List.of(0L, 1L, 3L), List.of(POOLS.unchanged(), POOLS.retrained()));

  private static OriginalResult original(long seed, int memorized) {
    return new OriginalResult(
        OriginalResult.SCHEMA,
        OriginalResult.id("task", seed),
        "task",
        seed,
        "",
        "",
        "",
        1,
        scores(memorized, 50, 50),
        null,
        List.of(),
        List.of(),
        1,
        HandMade.provenance());
  }

  private static TrialResult retrained(long seed, int memorized) {
    return new Trial()
        .of(POOLS.retrained(), Family.CONTROL)
        .seed(seed)
        .after(scores(memorized, 50, 50))
        .valid();
  }

  private static ChallengeResult challenged(long seed, String subject, Reading... readings) {
    return new ChallengeResult(
        ChallengeResult.SCHEMA,
        "",
        "task",
        seed,
        subject,
        null,
        "",
        "",
        List.of(readings),
        1,
        HandMade.provenance());
  }

  private static Reading reading(String challenge, String variant, Integer step, double value) {
    return new Reading(challenge, variant, step, Map.of("memorizedPercent", value));
  }

  private static Reading membership(double area) {
    return new Reading("membership", "loss", null, Map.of("auc", area));
  }

  /** Trained with artifacts: 80, 60, 20; without: 0, 10, 30. Of nine pairs one is wrong. */
  private static MetricStudy study() {
    StoredRun run =
        new StoredRun(
            INFO,
            List.of(original(0, 80), original(1, 60), original(3, 20), original(9, 99)),
            List.of(retrained(0, 0), retrained(1, 10), retrained(3, 30)),
            List.of(),
            List.of(),
            List.of());
    return MetricStudy.of(
        run,
        List.of(
            challenged(
                0,
                ChallengeResult.ORIGINAL,
                membership(0.9),
                reading("rounding", Reading.UNCHALLENGED, null, 80),
                reading("rounding", "int4", null, 40)),
            challenged(
                0,
                POOLS.retrained(),
                membership(0.5),
                reading("rounding", Reading.UNCHALLENGED, null, 0),
                reading("rounding", "int4", null, 8)),
            challenged(
                0,
                "act",
                reading("rounding", Reading.UNCHALLENGED, null, 4),
                reading("rounding", "int4", null, 44),
                reading("relearning", Reading.UNCHALLENGED, null, 4),
                reading("relearning", "artifacts", 1, 9),
                reading("relearning", "artifacts", 2, 4)),
            challenged(0, POOLS.unchanged(), membership(0.1))),
        POOLS);
  }

  private static MeasureStudy measure(String id) {
    return study().tasks().get(0).measures().stream()
        .filter(each -> each.measure().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void separationIsOverTheSeedsThatHaveModelsOfBothPools() {
    assertEquals(List.of(0L, 1L, 3L), study().tasks().get(0).seeds());
    MeasureStudy memorized = measure("memorizedPercent");
    assertEquals(160 / 3.0, memorized.original().mean(), 1e-9);
    assertEquals(40 / 3.0, memorized.retrained().mean(), 1e-9);
    assertEquals(8 / 9.0, memorized.separation().area(), 1e-9, "20 is below 30");
    assertEquals(3, memorized.separation().first());
    assertEquals(0.5, measure("accuracyPercent").separation().area(), "all are equal");
  }

  @Test
  void attacksAreReadFromWhatChallengesLeft() {
    MeasureStudy loss = measure("membershipLoss");
    assertEquals(0.9, loss.original().mean());
    assertEquals(0.5, loss.retrained().mean());
    assertEquals(1, loss.separation().area());
  }

  /** Before rounding, originals have 80 and retrained models 0: the middle is 40. */
  @Test
  void changesArePartsOfTheDistanceAndFlipsPassTheMiddle() {
    List<Stability> found = measure("memorizedPercent").stability();
    assertEquals(
        List.of(
            new Stability("rounding", "int4", Pool.ORIGINAL, 1, 0.5, 1),
            new Stability("rounding", "int4", Pool.RETRAINED, 1, 0.1, 0),
            new Stability("rounding", "int4", Pool.MITIGATED, 1, 0.5, 1)),
        found.subList(0, 3));
  }

  @Test
  void withoutADistanceThereIsNoChangeToTellAndOfStepsTheLastCounts() {
    Stability relearned = measure("memorizedPercent").stability().get(3);
    assertEquals("relearning", relearned.challenge());
    assertEquals("artifacts", relearned.variant());
    assertEquals(1, relearned.readings(), "of two steps");
    assertNull(relearned.shift(), "no original was taught again");
    assertTrue(study().tasks().get(0).measures().stream().noneMatch(m -> m.original() == null));
  }
}
