package io.nepenthe.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.statistics.Ranking.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    // b - a: 0.1, 0.3, 0.2, t = 3.46, p = 0.074, alone or times 1 not below 0.05.
    // c - a: 5.0, 5.1, 4.9, t = 86.6, p = 0.00013, times 2 = 0.00027.
    with("c", 5.0, 5.1, 4.9).with("b", 0.1, 0.3, 0.2).with("a", 0.0, 0.0, 0.0);
    assertEquals(List.of("1a1", "1b1", "3c2"), order());
  }

  @Test
  void correctsOverAllTestsOfAStep() {
    // d = 1, 1.2, 1.5: mean 3.7/3, deviation 0.2517, t = 8.49, p = 0.0136; six such methods
    // raise it to 0.082, and none is told apart; one alone is
    with("best", 0, 0, 0).with("x", 1, 1.2, 1.5);
    assertEquals(List.of("1best1", "2x2"), order());
    for (int i = 1; i < 6; i++) {
      with("x" + i, 1, 1.2, 1.5);
    }
    assertTrue(places().stream().allMatch(place -> place.place() == 1));
    Comparison comparison = Objects.requireNonNull(places().get(1).comparison());
    double p = Objects.requireNonNull(comparison.test()).p();
    assertEquals(0.0136, p, 1e-4);
    assertEquals(6 * p, Objects.requireNonNull(comparison.adjustedP()), 1e-12);
  }

  @Test
  void theFirstOfAGroupIsComparedWithTheFirstOfTheGroupBefore() {
    with("a", 0, 0, 0).with("b", 1, 1.01, 1.02).with("c", 9, 9.01, 9.03);
    assertEquals(List.of("1a1", "2b2", "3c3"), order());
    assertNull(places().get(0).comparison());
    assertEquals("a", Objects.requireNonNull(places().get(1).comparison()).with());
    assertEquals("b", Objects.requireNonNull(places().get(2).comparison()).with());
  }

  @Test
  void placesFollowTheMeans() {
    // steady - a: 1, 1.01, 1.02 is told apart; noisy - a: -1, 1, 9, mean 3, is not (t = 0.98), nor
    // is it from steady, whose place it shares
    with("a", 0, 0, 0).with("steady", 1, 1.01, 1.02).with("noisy", -1, 1, 9);
    assertEquals(List.of("1a1", "2steady2", "2noisy2"), order());
  }

  @Test
  void equalScoresShareAPlaceInTheGivenOrder() {
    with("b", 1, 2, 3).with("a", 1, 2, 3);
    assertEquals(List.of("1b1", "1a1"), order());
  }

  @Test
  void aConstantDifferenceTellsApartAndIsFlagged() {
    with("a", 0, 1, 2).with("b", 1, 2, 3);
    assertEquals(List.of("1a1", "2b2"), order());
    assertEquals(
        "the difference is the same in every seed: p = 0 by definition",
        Objects.requireNonNull(places().get(1).comparison()).note());
  }

  @Test
  void comparesOnCommonSeedsAndSaysSo() {
    with("a", 0, 0, 0).with("b", 1, 1.01);
    Comparison comparison = Objects.requireNonNull(places().get(1).comparison());
    assertEquals(List.of(0L, 1L), comparison.seeds());
    assertEquals("compared on the common seeds [0, 1] only", comparison.note());
  }

  @Test
  void betterOnCommonSeedsIsNotWorse() {
    // b's mean of 10/3 is above a's 1; on the common seeds 0 and 1 it is constantly lower
    scores.put("a", Map.of(0L, 1.0, 1L, 1.0));
    with("b", 0, 0, 10);
    assertEquals(List.of("1a1", "1b1"), order());
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
    assertEquals("no finite score of seeds [1]: placed last", places().get(2).note());
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
