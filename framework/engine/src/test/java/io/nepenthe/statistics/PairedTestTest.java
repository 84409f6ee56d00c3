package io.nepenthe.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairedTestTest {
  private static PairedTest test(List<Double> first, List<Double> second) {
    return PairedTest.of(first, second).orElseThrow();
  }

  @Test
  void threePairsByHand() {
    // differences 1, 2, 3: mean 2, deviation 1, t = 2 sqrt(3) with 2 degrees of freedom, of which
    // p = 1 - t / sqrt(2 + t^2) = 1 - sqrt(12/14)
    PairedTest test = test(List.of(2.0, 4.0, 6.0), List.of(1.0, 2.0, 3.0));
    assertEquals(3, test.pairs());
    assertEquals(2, test.meanDifference(), 1e-12);
    assertEquals(1 - Math.sqrt(12 / 14.0), test.p(), 1e-9);
    assertEquals(0.25, test.wilcoxonP());
    assertEquals(0.25, test.smallestWilcoxonP());
    assertFalse(test.constant());
  }

  @Test
  void agreesWithStudentsSleepData() {
    // Student (1908): t = -4.0621 with 9 degrees of freedom, p = 0.002833 (R, t.test of sleep)
    List<Double> first = List.of(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0);
    List<Double> second = List.of(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4);
    assertEquals(0.002833, test(first, second).p(), 1e-6);
    assertEquals(-1.58, test(first, second).meanDifference(), 1e-12);
  }

  @Test
  void noDifferenceAtAllIsNoEvidence() {
    PairedTest test = test(List.of(0.3, 0.4), List.of(0.3, 0.4));
    assertEquals(1, test.p());
    assertTrue(test.constant());
    assertEquals(1, test.wilcoxonP());
  }

  @Test
  void aConstantDifferenceIsFlagged() {
    PairedTest test = test(List.of(1.0, 2.0, 3.0), List.of(0.5, 1.5, 2.5));
    assertEquals(0.25, test.p()); // two of the 2^3 signs are as extreme
    assertTrue(test.constant());
    assertEquals(0.5, test.meanDifference());
  }

  @Test
  void roundingIsNoDifference() {
    // 0.1 + 0.2 and 0.3 differ in the last bit
    PairedTest same = test(List.of(0.1 + 0.2, 0.7), List.of(0.3, 0.7));
    assertEquals(1, same.p());
    // 0.3 - 0.2 and 0.2 - 0.1 differ in the last bits
    PairedTest constant = test(List.of(0.3, 0.2), List.of(0.2, 0.1));
    assertTrue(constant.constant());
    assertEquals(0.5, constant.p());
  }

  @Test
  void fewerThanTwoPairsHaveNoTest() {
    assertEquals(Optional.empty(), PairedTest.of(List.of(1.0), List.of(2.0)));
    assertEquals(Optional.empty(), PairedTest.of(List.of(), List.of()));
  }

  @Test
  void refusesUnequalLengthsAndWhatIsNotFinite() {
    assertThrows(
        IllegalArgumentException.class, () -> PairedTest.of(List.of(1.0, 2.0), List.of(2.0)));
    assertThrows(
        IllegalArgumentException.class,
        () -> PairedTest.of(List.of(1.0, Double.NaN), List.of(2.0, 1.0)));
  }
}
