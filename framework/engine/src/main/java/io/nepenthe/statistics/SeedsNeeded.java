package io.nepenthe.statistics;

import java.util.OptionalInt;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How many seeds a difference needs: of a two-sided paired t-test of normal differences, by the
 * noncentral t distribution.
 */
public final class SeedsNeeded {
  /** Level of the test of a single pair. */
  public static final double LEVEL = Ranking.LEVEL;

  /** Chance of finding the difference that is asked for. */
  public static final double POWER = 0.8;

  /** More seeds than these are not told. */
  public static final int MOST = 10_000;

  private static final ContinuousDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Even number of pieces of the integral over the deviation. */
  private static final int PIECES = 2_000;

  /** What the integral leaves out on each side. */
  private static final double TAIL = 1e-12;

  private SeedsNeeded() {}

  /**
   * Returns the fewest seeds, two or more; none if they are more than {@link #MOST}.
   *
   * @param difference of the means, above 0
   * @param deviation standard deviation of the paired differences
   * @param level of the test; 0.05 divided by the number of pairs is what Holm asks of a pair at
   *     most
   */
  public static OptionalInt of(double difference, double deviation, double level) {
    if (!(difference > 0 && deviation >= 0 && level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "no number of seeds for a difference of %s, a deviation of %s and a level of %s"
              .formatted(difference, deviation, level));
    }
    double effect = difference / deviation;
    double z =
        NORMAL.inverseSurvivalProbability(level / 2) + NORMAL.inverseCumulativeProbability(POWER);
    double atLeast = Math.pow(z / effect, 2); // of a known deviation
    if (atLeast > MOST) {
      return OptionalInt.empty();
    }
    int seeds = Math.max(2, (int) atLeast);
    while (power(effect, seeds, level) < POWER) {
      seeds++;
    }
    return seeds > MOST ? OptionalInt.empty() : OptionalInt.of(seeds);
  }

  /**
   * Returns the chance that the test finds a difference.
   *
   * @param effect the difference in deviations; may be infinite
   * @param seeds two or more
   */
  static double power(double effect, int seeds, double level) {
    if (Double.isInfinite(effect)) {
      return 1;
    }
    int freedom = seeds - 1;
    double t = TDistribution.of(freedom).inverseSurvivalProbability(level / 2);
    double shift = Math.sqrt(seeds) * effect;
    ChiSquaredDistribution variance = ChiSquaredDistribution.of(freedom);
    double low = Math.sqrt(variance.inverseCumulativeProbability(TAIL) / freedom);
    double high = Math.sqrt(variance.inverseSurvivalProbability(TAIL) / freedom);
    double step = (high - low) / PIECES;
    double sum = 0;
    for (int i = 0; i <= PIECES; i++) { // Simpson's rule over the measured deviation
      double deviation = low + i * step;
      double density = 2 * freedom * deviation * variance.density(freedom * deviation * deviation);
      double found =
          NORMAL.survivalProbability(t * deviation - shift)
              + NORMAL.cumulativeProbability(-t * deviation - shift);
      sum += (i == 0 || i == PIECES ? 1 : i % 2 == 0 ? 2 : 4) * density * found;
    }
    return sum * step / 3;
  }
}
