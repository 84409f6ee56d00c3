package io.nepenthe.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SampleDistanceTest {
  /** Of the 20 ways to choose 3 of 6, two put all on one side. */
  @Test
  void pIsTheShareOfSplitsThatAreAsFarApart() {
    SampleDistance apart =
        SampleDistance.of(new double[] {1, 2, 3}, new double[] {4, 5, 6}).orElseThrow();
    assertEquals(1, apart.d());
    assertEquals(0.1, apart.p(), 1e-12);
    SampleDistance same = SampleDistance.of(new double[] {1, 2}, new double[] {1, 2}).orElseThrow();
    assertEquals(0, same.d());
    assertEquals(1, same.p());
  }

  /** By the distribution functions, at every number there is. */
  @Test
  void distanceIsTheLargestDifferenceOfTheDistributions() {
    Random random = new Random(5);
    double[] first = random.doubles(31).toArray();
    double[] second = random.doubles(17, 0.2, 1.1).toArray();
    double largest = 0;
    for (double[] sample : new double[][] {first, second}) {
      for (double at : sample) {
        largest = Math.max(largest, Math.abs(share(first, at) - share(second, at)));
      }
    }
    assertEquals(largest, SampleDistance.of(first, second).orElseThrow().d(), 1e-12);
  }

  private static double share(double[] sample, double most) {
    return Arrays.stream(sample).filter(each -> each <= most).count() / (double) sample.length;
  }

  @Test
  void whatIsNoNumberOrTooFewHasNoDistance() {
    assertTrue(SampleDistance.of(new double[] {1, Double.NaN}, new double[] {1, 2}).isEmpty());
    assertTrue(SampleDistance.of(new double[] {1}, new double[] {1, 2}).isEmpty());
  }
}
