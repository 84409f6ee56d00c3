package io.nepenthe.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.statistics.Ranking.Place;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RankingTest {
  private final Map<String, Map<Long, Double>> scores = new LinkedHashMap<>();

  /** Adds a method whose scores are those of seeds 0, 1, 2, ... */
  private RankingTest with(String id, double... bySeed) {
    Map<Long, Double> all = new LinkedHashMap<>();
    for (int seed = 0; seed < bySeed.length; seed++) {
      all.put((long) seed, bySeed[seed]);
    }
    scores.put(id, all);
    return this;
  }

  private List<Place> places() {
    return Ranking.of(scores).places();
  }

  private List<String> order() {
    return places().stream().map(place -> place.place() + place.id() + place.group()).toList();
  }

  @Test
  void whatIsClearlyWorseTakesALowerGroup() {
    // b - a: 0.1, 0.3, 0.2, t = 3.46, p = 0.074. c - a: 5.0, 5.1, 4.9, t = 86.6, p = 0.00013.
    // c - b: 4.9, 4.8, 4.7, t = 83.1, p = 0.00014. Times 3, 2, 1: 0.0004, 0.0003 and 0.074.
    with("c", 5.0, 5.1, 4.9).with("b", 0.1, 0.3, 0.2).with("a", 0.0, 0.0, 0.0);
    assertEquals(List.of("1a1", "1b1", "3c2"), order());
  }

  @Test
  void correctsOverAllPairs() {
    // x: mean 3.8/3, deviation 0.3055, t = 7.18, p = 0.0188: alone it is told apart; of three
    // methods there are three pairs, and none is, y with t = 7.51, p = 0.0173 neither
    with("best", 0, 0, 0).with("x", 1, 1.2, 1.6);
    assertEquals(List.of("1best1", "2x2"), order());
    with("y", 1, 1.3, 1.6);
    assertTrue(places().stream().allMatch(place -> place.place() == 1));
    scores.remove("y");
    with("y", 9, 5, 1);
    Comparison comparison = Objects.requireNonNull(places().get(1).comparison());
    double p = Objects.requireNonNull(comparison.test()).p();
    assertEquals(0.0188, p, 1e-4);
    assertEquals(3 * p, Objects.requireNonNull(comparison.adjustedP()), 1e-12);
  }

  @Test
  void theFirstOfAGroupIsComparedWithTheFirstOfTheGroupBeforeAndAllWithTheBest() {
    with("a", 0, 0, 0).with("b", 1, 1.01, 1.02).with("c", 9, 9.01, 9.03);
    assertEquals(List.of("1a1", "2b2", "3c3"), order());
    assertNull(places().get(0).comparison());
    assertNull(places().get(0).withBest());
    assertEquals("a", Objects.requireNonNull(places().get(1).comparison()).with());
    assertEquals("b", Objects.requireNonNull(places().get(2).comparison()).with());
    assertEquals("a", Objects.requireNonNull(places().get(2).withBest()).with());
  }

  @Test
  void aLowerPlaceMayNotBeToldFromTheBestAndItsOwnPSaysSo() {
    // steady - a: 1, 1.01, 1.02 is told apart; noisy - a: -1, 1, 9, mean 3, is not (t = 0.98), nor
    // is it from steady, whose place it shares
    with("a", 0, 0, 0).with("steady", 1, 1.01, 1.02).with("noisy", -1, 1, 9);
    assertEquals(List.of("1a1", "2steady2", "2noisy2"), order());
    Comparison withBest = Objects.requireNonNull(places().get(2).withBest());
    assertEquals("a", withBest.with());
    assertTrue(Objects.requireNonNull(withBest.adjustedP()) > 0.4);
  }

  @Test
  void equalScoresShareAPlaceInTheGivenOrder() {
    with("b", 1, 2, 3).with("a", 1, 2, 3);
    assertEquals(List.of("1b1", "1a1"), order());
  }

  @Test
  void aConstantDifferenceIsTestedWithoutItsMissingDeviation() {
    with("a", 0, 1, 2).with("b", 1, 2, 3);
    assertEquals(List.of("1a1", "1b1"), order());
    Comparison comparison = Objects.requireNonNull(places().get(1).comparison());
    assertEquals(0.25, comparison.adjustedP());
    assertEquals(
        "the difference is the same in every seed: p is that of the signed-rank test",
        comparison.note());
    with("a", 0, 1, 2, 3, 4, 5).with("b", 1, 2, 3, 4, 5, 6); // 2 / 2^6 = 0.03
    assertEquals(List.of("1a1", "2b2"), order());
  }

  @Test
  void orderAndTestsAreOfTheSeedsThatMostMethodsHave() {
    // over all its seeds b's mean is 3, above a's; over those that most have it is 0.5
    with("a", 1, 1, 1).with("b", 0.5, 0.5, 0.5).with("c", 2, 2, 2);
    scores.get("b").put(7L, 10.5);
    List<Place> places = places();
    assertEquals("b", places.get(0).id());
    assertEquals(List.of(0L, 1L, 2L), places.get(0).seeds());
    assertEquals(0.5, places.get(0).score().mean());
    assertEquals(List.of(0L, 1L, 2L), Objects.requireNonNull(places.get(1).withBest()).seeds());
  }

  @Test
  void whoLacksASeedOfMostIsPlacedLastWithTheReason() {
    with("a", 1, 1.1, 1).with("b", 2, 2, 2.5).with("lucky", 0, 0);
    Place last = places().get(2);
    assertEquals("lucky", last.id());
    assertEquals(3, last.place());
    assertEquals(
        "no score of seeds [2], which most methods have: placed last, not tested", last.note());
    assertNull(last.withBest());
    assertNull(last.comparison());
  }

  @Test
  void withoutASeedThatMostHaveNothingIsToldApart() {
    scores.put("a", Map.of(0L, 1.0));
    scores.put("b", Map.of(1L, 99.0));
    assertTrue(places().stream().allMatch(place -> place.place() == 1));
  }

  @Test
  void equalMethodsAreSeldomSplitHoweverManyThereAre() {
    // 14 equal methods, 3 seeds, a common effect of each seed; the best is chosen by its scores
    for (double[] deviations : new double[][] {{1, 1}, {0.01, 1}}) {
      int split = 0;
      for (int draw = 0; draw < 500; draw++) {
        split += isSplit(new SplittableRandom(draw), 14, 3, deviations) ? 1 : 0;
      }
      assertTrue(split <= 0.05 * 500, split + " of 500 are split");
    }
    int split = 0;
    for (int draw = 0; draw < 100; draw++) {
      split += isSplit(new SplittableRandom(draw), 9, 10, new double[] {1, 1}) ? 1 : 0;
    }
    assertTrue(split <= 0.05 * 100, split + " of 100 are split");
  }

  @Test
  void twentySeedsSplitEqualMethodsNoMoreOften() {
    int split = 0;
    for (int draw = 0; draw < 100; draw++) {
      split += isSplit(new SplittableRandom(draw), 14, 20, new double[] {0.01, 1}) ? 1 : 0;
    }
    assertTrue(split <= 0.05 * 100, split + " of 100 are split");
  }

  private boolean isSplit(RandomGenerator random, int methods, int seeds, double[] deviations) {
    scores.clear();
    double[] seedEffects = random.doubles(seeds, 0, 10).toArray();
    for (int method = 0; method < methods; method++) {
      double deviation = deviations[method == 0 ? 0 : 1];
      with(
          "m" + method,
          Arrays.stream(seedEffects)
              .map(effect -> effect + deviation * random.nextGaussian())
              .toArray());
    }
    return places().stream().anyMatch(place -> place.place() > 1);
  }

  @Test
  void oneCommonSeedTellsNothingApart() {
    with("a", 0, 0, 0).with("b", 99);
    assertEquals(List.of("1a1", "1b1"), order());
    Comparison comparison = Objects.requireNonNull(places().get(1).comparison());
    assertNull(comparison.test());
    assertEquals(
        "cannot be compared: seeds in common are [0], a test needs two", comparison.note());
  }

  @Test
  void aScoreThatIsNoNumberIsPlacedLast() {
    with("nan", -5, Double.NaN, -5).with("a", 0, 0.5, 1).with("b", 900, 901, 905);
    assertEquals(List.of("1a1", "2b2", "3nan3"), order());
    assertEquals("no finite score of seeds [1]: placed last, not tested", places().get(2).note());
    assertNull(places().get(2).comparison());
  }

  @Test
  void saysWhatFewSeedsCannotSupport() {
    String three = Ranking.of(with("a", 1, 2, 3).scores).caveat();
    assertTrue(three.startsWith("With 3 seeds the smallest possible two-sided p of the exact"));
    assertTrue(three.contains(" is 0.25, "));
    assertTrue(three.contains("2 degrees of freedom"));
    assertTrue(Ranking.caveat(2).contains("1 degree of freedom"));
    assertTrue(Ranking.caveat(5).contains("0.0625"));
    assertTrue(Ranking.caveat(1).startsWith("With 1 seed no difference"));
    assertEquals("", Ranking.caveat(6));
  }

  @Test
  void nothingHasNoRanking() {
    assertEquals(new Ranking(List.of(), ""), Ranking.of(Map.of()));
  }
}
