package io.nepenthe.statistics;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.FDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Friedman's test that all methods are alike, corrected for ties (Conover, 1999), and the F of Iman
 * and Davenport (1980), which is less conservative.
 *
 * @param methods their number
 * @param blocks seeds, or pairs of task and seed, in each of which the methods are ranked
 * @param chiSquared Friedman's statistic
 * @param f of Iman and Davenport; null where every block has the same order
 * @param p of the F; without it, the chance of so many equal orders
 */
public record Friedman(int methods, int blocks, double chiSquared, @Nullable Double f, double p) {
  /**
   * Returns the test.
   *
   * @param ranks of the methods in each block, at least two of both
   */
  static Friedman of(List<double[]> ranks) {
    int n = ranks.size();
    int k = ranks.get(0).length;
    double middle = (k + 1) / 2.0;
    double between = 0;
    for (int method = 0; method < k; method++) {
      int each = method;
      double sum = ranks.stream().mapToDouble(block -> block[each] - middle).sum();
      between += sum * sum;
    }
    double within =
        ranks.stream().flatMapToDouble(Arrays::stream).map(r -> (r - middle) * (r - middle)).sum();
    if (within == 0) {
      return new Friedman(k, n, 0, 0.0, 1); // every block is one tie
    }
    double chiSquared = (k - 1) * between / within;
    double rest = n * (k - 1.0) - chiSquared;
    if (rest <= 1e-9 * chiSquared) {
      return new Friedman(k, n, chiSquared, null, sameOrder(k, n));
    }
    double f = (n - 1) * chiSquared / rest;
    double p = FDistribution.of(k - 1.0, (k - 1.0) * (n - 1)).survivalProbability(f);
    return new Friedman(k, n, chiSquared, f, p);
  }

  /** The chance that n random orders of k methods are equal. */
  private static double sameOrder(int k, int n) {
    double orders = 1;
    for (int i = 2; i <= k; i++) {
      orders *= i;
    }
    return Math.pow(1 / orders, n - 1.0);
  }
}
