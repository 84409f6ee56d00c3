package io.nepenthe.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.statistics.ThreeSeeds.PairOrder;
import io.nepenthe.statistics.ThreeSeeds.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ThreeSeedsTest {
  private static List<Long> seeds(int count) {
    return LongStream.range(0, count).boxed().toList();
  }

  @Test
  void fourSeedsByHand() {
    // a: 0 in all. b: 3, -1, -1, 0, mean 0.25; its triples without seed 0, 1, 2, 3 have the means
    // -2/3, 2/3, 2/3, 1/3: b is first in one of four. c: 9 in all is last everywhere.
    Map<String, List<Double>> values = new LinkedHashMap<>();
    values.put("c", List.of(9.0, 9.0, 9.0, 9.0));
    values.put("b", List.of(3.0, -1.0, -1.0, 0.0));
    values.put("a", List.of(0.0, 0.0, 0.0, 0.0));
    ThreeSeeds study = ThreeSeeds.of(new PairedScores(seeds(4), values));
    assertEquals(4, study.triples());
    assertFalse(study.sampled());
    assertEquals(0.75, study.firstAgrees());
    assertEquals(0.75, study.orderAgrees());
    assertEquals((0.75 + 1 + 1) / 3, study.pairsAgree(), 1e-12);
    assertEquals(
        List.of(
            new Position("a", 0, 0.75, 1, 2),
            new Position("b", 0.25, 0.25, 1, 2),
            new Position("c", 9, 0, 3, 3)),
        study.methods());
    assertEquals(List.of(), study.coinFlips(), "three of four is none");
    // c - a is 9 in every seed: p = 2/16 over all, 1/4 of three; c - b: t = 9.2, p = 0.0027, times
    // three below 0.05
    assertEquals(1, study.told());
    assertEquals(
        List.of(false, false, true), study.pairs().stream().map(PairOrder::toldApart).toList());
  }

  @Test
  void equalMeansOfThreeAreHalfAVerdict() {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    values.put("a", List.of(0.0, 0.0, 0.0, 0.0));
    values.put("b", List.of(0.0, 0.0, 0.0, 4.0)); // equal in the triple without seed 3
    ThreeSeeds study = ThreeSeeds.of(new PairedScores(seeds(4), values));
    assertEquals(0.875, study.pairsAgree());
    assertEquals(0.875, study.firstAgrees());
    assertEquals(0.75, study.orderAgrees());
  }

  @Test
  void namesTheLeastCertainOrderFirst() {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    values.put("a", List.of(0.0, 0.0, 0.0, 0.0, 0.0));
    values.put("b", List.of(9.0, -2.0, -2.0, -2.0, -2.0)); // only the six triples with seed 0 agree
    ThreeSeeds study = ThreeSeeds.of(new PairedScores(seeds(5), values));
    assertEquals(0.6, study.coinFlips().get(0).agrees());
    assertEquals(0.2, study.coinFlips().get(0).difference(), 1e-12);
  }

  @Test
  void drawsTheSameSampleOfManyTriples() {
    Random random = new Random(1);
    List<Double> noise = random.doubles(40).boxed().toList();
    Map<String, List<Double>> values = new LinkedHashMap<>();
    values.put("noise", noise);
    values.put("half", noise.stream().map(value -> 0.5).toList());
    ThreeSeeds study = ThreeSeeds.of(new PairedScores(seeds(40), values));
    assertTrue(study.sampled());
    assertEquals(TripleStudy.MOST, study.triples());
    assertEquals(study, ThreeSeeds.of(new PairedScores(seeds(40), values)));
  }

  @Test
  void itsTestOfThreeIsThePairedTest() {
    Random random = new Random(2);
    for (int i = 0; i < 50; i++) {
      double[] first = random.doubles(3).toArray();
      double[] second = random.doubles(3).toArray();
      double expected =
          PairedTest.of(
                  IntStream.range(0, 3).mapToObj(s -> first[s]).toList(),
                  IntStream.range(0, 3).mapToObj(s -> second[s]).toList())
              .orElseThrow()
              .p();
      assertEquals(expected, TripleStudy.p(first, second), 1e-9);
    }
    assertEquals(0.25, TripleStudy.p(new double[] {1, 1, 1}, new double[] {0, 0, 0}));
    assertEquals(1, TripleStudy.p(new double[] {1, 1, 1}, new double[] {1, 1, 1}));
  }
}
