package io.nepenthe.statistics;

import io.nepenthe.protocol.RandomStreams;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.descriptive.Mean;

/**
 * The 95 % bootstrap percentile interval of a mean (Efron, 1979).
 *
 * <p>Up to five values, all n^n resamples are enumerated, so that the interval is exact and no luck
 * is in it; for more values 10 000 resamples are drawn from a fixed stream. The ends are the
 * resampled means that leave out less than 2.5 % on each side. With two or three values even the
 * most extreme resample has more than 2.5 % of the weight (1/4 and 1/27): the interval is then the
 * range from the smallest to the largest value.
 */
final class Bootstrap {
  static final int ENUMERATED_VALUES = 5;
  static final int RESAMPLES = 10_000;
  private static final double TAIL = 0.025;

  private Bootstrap() {}

  /** Returns the interval, none for a single value or where a value is not finite. */
  static Optional<Interval> interval(double... values) {
    if (values.length < 2 || !Arrays.stream(values).allMatch(Double::isFinite)) {
      return Optional.empty();
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted); // the interval depends on the values, not on their order
    double[] means = sorted.length <= ENUMERATED_VALUES ? everyMean(sorted) : drawnMeans(sorted);
    Arrays.sort(means);
    int left = (int) Math.ceil(TAIL * means.length) - 1;
    return Optional.of(
        new Interval(within(means[left], sorted), within(means[means.length - 1 - left], sorted)));
  }

  /** A mean of equal values may round to one beside them. */
  private static double within(double mean, double[] sorted) {
    return Math.min(Math.max(mean, sorted[0]), sorted[sorted.length - 1]);
  }

  private static double[] everyMean(double[] values) {
    int n = values.length;
    double[] means = new double[(int) Math.pow(n, n)];
    double[] resample = new double[n];
    for (int r = 0; r < means.length; r++) {
      int digits = r; // r in base n names the values drawn
      for (int i = 0; i < n; i++) {
        resample[i] = values[digits % n];
        digits /= n;
      }
      means[r] = Mean.of(resample).getAsDouble();
    }
    return means;
  }

  private static double[] drawnMeans(double[] values) {
    RandomGenerator random = new RandomStreams(0).stream("bootstrap");
    double[] means = new double[RESAMPLES];
    double[] resample = new double[values.length];
    for (int r = 0; r < RESAMPLES; r++) {
      for (int i = 0; i < resample.length; i++) {
        resample[i] = values[random.nextInt(values.length)];
      }
      means[r] = Mean.of(resample).getAsDouble();
    }
    return means;
  }
}
