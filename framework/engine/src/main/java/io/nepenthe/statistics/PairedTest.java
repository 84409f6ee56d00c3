package io.nepenthe.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.inference.TTest;

/**
 * Two methods compared on the same seeds: the two-sided paired t-test, and beside it, as
 * information, the exact Wilcoxon signed-rank test, which assumes no distribution.
 *
 * @param pairs seeds both have
 * @param meanDifference mean of first minus second
 * @param p of the t-test; where the difference is the same in every pair the t-test is not defined,
 *     and p is 1 if that difference is zero, else that of the signed-rank test
 * @param constant true if the difference is the same in every pair
 * @param wilcoxonP of the signed-rank test
 * @param smallestWilcoxonP the smallest p-value that this number of pairs could have given
 */
public record PairedTest(
    int pairs,
    double meanDifference,
    double p,
    boolean constant,
    double wilcoxonP,
    double smallestWilcoxonP) {
  /** Differences this small beside the values are rounding, not results. */
  private static final double ROUNDING = 1e-12;

  /**
   * Returns the test of first against second, absent with fewer than two pairs.
   *
   * @param first finite values
   * @param second of the same seeds, in the same order
   */
  public static Optional<PairedTest> of(List<Double> first, List<Double> second) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException(
          "pairs need equal lengths, not " + first.size() + " and " + second.size());
    }
    requireFinite(first);
    requireFinite(second);
    return first.size() < 2
        ? Optional.empty()
        : Optional.of(of(differences(first, second), rounding(first, second)));
  }

  private static PairedTest of(double[] differences, double rounding) {
    double mean = Mean.of(differences).getAsDouble();
    boolean constant =
        Arrays.stream(differences).allMatch(d -> Math.abs(d - differences[0]) <= rounding);
    double p =
        constant
            ? (differences[0] == 0 ? 1 : SignedRanks.smallestP(differences.length))
            : TTest.withDefaults().test(differences).getPValue();
    return new PairedTest(
        differences.length,
        mean,
        p,
        constant,
        SignedRanks.p(differences),
        SignedRanks.smallestP(differences.length));
  }

  /** Returns first less second; what is rounding is 0. */
  static double[] differences(List<Double> first, List<Double> second) {
    double rounding = rounding(first, second);
    return IntStream.range(0, first.size())
        .mapToDouble(i -> first.get(i) - second.get(i))
        .map(d -> Math.abs(d) <= rounding ? 0 : d)
        .toArray();
  }

  private static double rounding(List<Double> first, List<Double> second) {
    double largest =
        IntStream.range(0, first.size())
            .mapToDouble(i -> Math.max(Math.abs(first.get(i)), Math.abs(second.get(i))))
            .max()
            .orElse(0);
    return ROUNDING * largest;
  }

  private static void requireFinite(List<Double> values) {
    if (!values.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("a paired test needs finite values, not " + values);
    }
  }
}
