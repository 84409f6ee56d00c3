package io.nepenthe.statistics;

import java.util.Comparator;
import java.util.List;

/**
 * What three of the seeds would have said, as a study of protocols with three: over all triples of
 * the seeds, or a fixed sample of them, how often their means agree with those of all.
 *
 * @param seeds number of all seeds
 * @param triples how many were looked at
 * @param sampled true if these are not all there are
 * @param methods best mean of all seeds first
 * @param pairs of methods whose means over all seeds differ; the better one first
 * @param firstAgrees share of triples with the same first place
 * @param pairsAgree share of pairs in the same order, mean over triples
 * @param orderAgrees share of triples with the same order of all methods
 * @param told pairs that paired t-tests with Holm's correction tell apart over all seeds
 * @param toldByThree how many such tests of three seeds tell apart, mean over triples
 */
public record ThreeSeeds(
    int seeds,
    int triples,
    boolean sampled,
    List<Position> methods,
    List<PairOrder> pairs,
    double firstAgrees,
    double pairsAgree,
    double orderAgrees,
    int told,
    double toldByThree) {
  /** A verdict that fewer triples share than this is a coin flip. */
  public static final double COIN_FLIP = 0.75;

  /** Copies the lists. */
  public ThreeSeeds {
    methods = List.copyOf(methods);
    pairs = List.copyOf(pairs);
  }

  /**
   * Where a method stands by the mean of three.
   *
   * @param id of the method
   * @param mean of its scores over all seeds
   * @param first share of triples in which it is first; equal firsts share theirs
   * @param low place that one triple of twenty puts it above
   * @param high place that one of twenty puts it below
   */
  public record Position(String id, double mean, double first, int low, int high) {}

  /**
   * The order of two methods.
   *
   * @param better id of the one with the lower mean over all seeds
   * @param worse id of the other
   * @param difference of these means, above 0
   * @param agrees share of triples with the same order; equal means count one half
   * @param toldApart whether the tests over all seeds tell them apart
   */
  public record PairOrder(
      String better, String worse, double difference, double agrees, boolean toldApart) {}

  /**
   * Returns the study.
   *
   * @param scores of at least two methods, of at least four seeds
   */
  public static ThreeSeeds of(PairedScores scores) {
    return new TripleStudy(scores).result();
  }

  /** Returns the orders that are coin flips, the least certain first. */
  public List<PairOrder> coinFlips() {
    return pairs.stream()
        .filter(pair -> pair.agrees() < COIN_FLIP)
        .sorted(Comparator.comparingDouble(PairOrder::agrees))
        .toList();
  }
}
