package io.nepenthe.statistics;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/**
 * How different two samples are distributed: the two-sample Kolmogorov-Smirnov test.
 *
 * @param d the largest difference of the two distribution functions, from 0 to 1
 * @param p how likely so large a difference is if both are drawn from one distribution
 */
public record SampleDistance(double d, double p) {
  /** Returns the test of two samples; none if one has fewer than two numbers, or one is NaN. */
  public static Optional<SampleDistance> of(double[] first, double[] second) {
    boolean numbers =
        first.length > 1
            && second.length > 1
            && Arrays.stream(first).noneMatch(Double::isNaN)
            && Arrays.stream(second).noneMatch(Double::isNaN);
    if (!numbers) {
      return Optional.empty();
    }
    KolmogorovSmirnovTest.TwoResult test = KolmogorovSmirnovTest.withDefaults().test(first, second);
    return Optional.of(new SampleDistance(test.getStatistic(), test.getPValue()));
  }
}
