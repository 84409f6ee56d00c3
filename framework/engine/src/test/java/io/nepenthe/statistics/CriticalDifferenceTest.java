package io.nepenthe.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.statistics.CriticalDifference.MeanRank;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CriticalDifferenceTest {
  private static PairedScores scores(int seeds, Map<String, IntToDoubleFunction> methods) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    methods.forEach(
        (id, of) -> values.put(id, IntStream.range(0, seeds).mapToObj(of::applyAsDouble).toList()));
    return new PairedScores(IntStream.range(0, seeds).mapToObj(Long::valueOf).toList(), values);
  }

  private static Map<String, IntToDoubleFunction> three() {
    Map<String, IntToDoubleFunction> methods = new LinkedHashMap<>();
    methods.put("worst", seed -> 10 + seed);
    methods.put("even", seed -> seed % 2 == 0 ? 0.0 : 1.0);
    methods.put("odd", seed -> seed % 2 == 0 ? 1.0 : 0.0);
    return methods;
  }

  @Test
  void ranksInEachSeedAndJoinsWhatIsAlike() {
    CriticalDifference diagram = CriticalDifference.of(List.of(scores(8, three())));
    assertEquals(
        List.of(new MeanRank("even", 1.5), new MeanRank("odd", 1.5), new MeanRank("worst", 3)),
        diagram.methods());
    assertEquals(List.of(List.of("even", "odd")), diagram.bars());
    // all eight signs equal, 2 / 2^8, times three and times two; half of the signs are either way
    assertEquals(
        List.of(1.0, 3 / 128.0, 3 / 128.0),
        diagram.tests().pairs().stream().map(ToldApart.Pair::adjustedP).toList());
  }

  @Test
  void tooFewSeedsTellNothingApart() {
    CriticalDifference diagram = CriticalDifference.of(List.of(scores(6, three())));
    assertEquals(List.of(List.of("even", "odd", "worst")), diagram.bars());
    assertEquals(7, diagram.fewestBlocks()); // 3 * 2 / 2^7 = 0.047
  }

  @Test
  void noTaskWeighsMoreForTheSizeOfItsScores() {
    // four seeds a task: a is better by 1 to 4 on one, worse by 1000 to 4000 on the other
    PairedScores small = scores(4, Map.of("a", seed -> 0, "b", seed -> 1.0 + seed));
    PairedScores large = scores(4, Map.of("a", seed -> 1000.0 * (1 + seed), "b", seed -> 0));
    CriticalDifference diagram = CriticalDifference.of(List.of(small, large));
    assertEquals(1, diagram.tests().pairs().get(0).p());
    assertEquals(8, diagram.friedman().blocks());
    assertEquals(1.5, diagram.methods().get(0).rank());
  }

  @Test
  void comparesTheMethodsThatEveryTaskHas() {
    PairedScores other = scores(6, Map.of("even", seed -> 0, "odd", seed -> 1));
    CriticalDifference diagram = CriticalDifference.of(List.of(scores(6, three()), other));
    assertEquals(List.of("even", "odd"), diagram.methods().stream().map(MeanRank::id).toList());
    assertEquals(1.25, diagram.methods().get(0).rank());
  }

  @Test
  void takesTheSeedsThatTheRankingCompares() {
    Map<String, Map<Long, Double>> scores = new LinkedHashMap<>();
    scores.put("b", Map.of(0L, 2.0, 1L, 2.5, 7L, 9.0));
    scores.put("a", Map.of(0L, 1.0, 1L, 1.5));
    scores.put("lacks", Map.of(0L, 0.0));
    PairedScores paired = PairedScores.of(Ranking.of(scores), scores);
    assertEquals(List.of(0L, 1L), paired.seeds());
    assertEquals(List.of("a", "b"), paired.methods());
    assertEquals(List.of(2.0, 2.5), paired.of("b"));
  }
}
