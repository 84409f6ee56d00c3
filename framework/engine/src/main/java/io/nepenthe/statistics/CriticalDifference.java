package io.nepenthe.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a critical-difference diagram shows (Demšar, 2006): mean ranks, and which methods are not
 * told apart. Pairs are tested by Wilcoxon's signed-rank test of their scores with Holm's
 * correction, as Benavoli, Corani and Mangili (2016) advise: unlike Nemenyi's test of mean ranks,
 * its verdict on two methods does not hang on which others were run.
 *
 * @param methods rising by mean rank; equal ones in the order of their mean scores
 * @param friedman the test that all are alike
 * @param tests of all pairs
 * @param bars methods that are not told apart: two have a bar in common if, and only if, no test
 *     tells them apart; each in the order of the methods
 */
public record CriticalDifference(
    List<MeanRank> methods, Friedman friedman, ToldApart tests, List<List<String>> bars) {
  /** Copies the lists. */
  public CriticalDifference {
    methods = List.copyOf(methods);
    bars = bars.stream().map(List::copyOf).toList();
  }

  /**
   * A method on the axis.
   *
   * @param id of the method
   * @param rank mean over the blocks; 1 is best
   */
  public record MeanRank(String id, double rank) {}

  /**
   * Compares the methods that every task has.
   *
   * @param tasks one or more, each of at least two seeds, with at least two methods in common
   */
  public static CriticalDifference of(List<PairedScores> tasks) {
    List<String> common =
        tasks.get(0).methods().stream()
            .filter(method -> tasks.stream().allMatch(task -> task.values().containsKey(method)))
            .toList();
    List<double[]> ranks =
        tasks.stream().flatMap(task -> task.only(common).ranks().stream()).toList();
    List<MeanRank> means = new ArrayList<>();
    for (int i = 0; i < common.size(); i++) {
      int method = i;
      means.add(
          new MeanRank(
              common.get(i), ranks.stream().mapToDouble(r -> r[method]).average().orElseThrow()));
    }
    means.sort(Comparator.comparingDouble(MeanRank::rank));
    List<String> order = means.stream().map(MeanRank::id).toList();
    ToldApart tests = ToldApart.bySigns(tasks, order);
    return new CriticalDifference(means, Friedman.of(ranks), tests, Bars.of(order, tests.told()));
  }

  /** Returns the fewest blocks of which these tests can tell any pair apart. */
  public int fewestBlocks() {
    int blocks = 1;
    while (SignedRanks.smallestP(blocks) * tests.pairs().size() >= Ranking.LEVEL) {
      blocks++;
    }
    return blocks;
  }
}
