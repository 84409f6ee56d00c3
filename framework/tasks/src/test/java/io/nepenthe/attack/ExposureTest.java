package io.nepenthe.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExposureTest {
  /** With the artifact there are four: its rank is 1, 2, 4, and 2.5 where it equals the second. */
  @Test
  void bitsAreThoseOfTheRank() {
    Exposure exposure = new Exposure(-3, -1, -2);
    assertEquals(2, exposure.bits(-0.5), 1e-12);
    assertEquals(1, exposure.bits(-1.5), 1e-12);
    assertEquals(0, exposure.bits(-9), 1e-12);
    assertEquals(Math.log(4 / 2.5) / Math.log(2), exposure.bits(-2), 1e-12);
  }

  @Test
  void whatIsNotExposedHasAMeanOfTheLogarithmOfE() {
    double[] candidates = IntStream.range(0, 1023).asDoubleStream().toArray();
    Exposure exposure = new Exposure(candidates);
    double mean =
        IntStream.range(0, 1024).mapToDouble(rank -> exposure.bits(rank - 0.5)).sum() / 1024;
    assertEquals(1 / Math.log(2), mean, 0.01);
  }

  @Test
  void whereAllAreBrokenNothingIsExposed() {
    double[] broken = IntStream.range(0, 7).mapToDouble(i -> Double.NEGATIVE_INFINITY).toArray();
    assertEquals(
        Math.log(8 / 4.5) / Math.log(2),
        new Exposure(broken).bits(Double.NEGATIVE_INFINITY),
        1e-12);
  }
}
