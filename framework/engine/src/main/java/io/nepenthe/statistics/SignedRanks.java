package io.nepenthe.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Wilcoxon's signed-rank test, two-sided and exact, also with ties: the distribution is that over
 * all signs of the ranks that are there. Zero differences are left out, as Wilcoxon did.
 *
 * <p>The test of commons-statistics falls back to the normal approximation where ranks tie, which
 * is worth nothing with three pairs.
 */
final class SignedRanks {
  private SignedRanks() {}

  /** Returns the two-sided p-value; 1 if no difference is left. */
  static double p(double... differences) {
    return p(List.of(differences));
  }

  /** Returns the p-value of differences that are ranked in parts, each by itself. */
  static double p(List<double[]> parts) {
    int[] ranks = new int[0];
    int positive = 0;
    for (double[] part : parts) {
      double[] left = Arrays.stream(part).filter(d -> d != 0).toArray();
      int[] ofPart = doubledRanks(left);
      positive +=
          IntStream.range(0, left.length).filter(i -> left[i] > 0).map(i -> ofPart[i]).sum();
      ranks = IntStream.concat(Arrays.stream(ranks), Arrays.stream(ofPart)).toArray();
    }
    double[] weight = distribution(ranks);
    double below = Arrays.stream(weight, 0, positive + 1).sum();
    double above = Arrays.stream(weight, positive, weight.length).sum();
    return Math.min(1, 2 * Math.min(below, above));
  }

  /** Returns the smallest p-value that so many pairs can give: all signs equal. */
  static double smallestP(int pairs) {
    return Math.min(1, Math.scalb(2.0, -pairs));
  }

  /** Twice the rank of each absolute difference; equal ones share the mean of their ranks. */
  private static int[] doubledRanks(double[] differences) {
    int n = differences.length;
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> Math.abs(differences[i])));
    int[] ranks = new int[n];
    for (int from = 0, to; from < n; from = to) {
      double size = Math.abs(differences[order[from]]);
      to = from;
      while (to < n && Math.abs(differences[order[to]]) == size) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = from + 1 + to; // ranks from + 1 .. to, doubled mean
      }
    }
    return ranks;
  }

  /** Probability of each sum of the positive (doubled) ranks, all signs equally likely. */
  private static double[] distribution(int[] ranks) {
    double[] weight = new double[Arrays.stream(ranks).sum() + 1];
    weight[0] = 1;
    int reached = 0;
    for (int rank : ranks) {
      for (int sum = reached; sum >= 0; sum--) {
        weight[sum + rank] += weight[sum] / 2;
        weight[sum] /= 2;
      }
      reached += rank;
    }
    return weight;
  }
}
