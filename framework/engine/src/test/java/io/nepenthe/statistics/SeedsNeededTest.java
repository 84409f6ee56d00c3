package io.nepenthe.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SeedsNeededTest {
  /** Of a deviation of 1. */
  private static OptionalInt seeds(double effect, double level) {
    return SeedsNeeded.of(effect, 1, level);
  }

  @Test
  void agreesWithTheTablesOfPairedTests() {
    // G*Power, means, difference between two dependent means, two-sided 5 %, power 80 %
    assertEquals(199, seeds(0.2, 0.05).orElseThrow());
    assertEquals(34, seeds(0.5, 0.05).orElseThrow());
    assertEquals(15, seeds(0.8, 0.05).orElseThrow());
    assertEquals(10, seeds(1, 0.05).orElseThrow());
  }

  @Test
  void hasThePowerOfTheNoncentralT() {
    // scipy 1.17, nct(df = n - 1, nc = sqrt(n) d): sf(t) + cdf(-t)
    assertEquals(0.8077775012792738, SeedsNeeded.power(0.5, 34, 0.05), 1e-6);
    assertEquals(0.08410705589638937, SeedsNeeded.power(0.5, 3, 0.05), 1e-6);
    assertEquals(0.09280915505633597, SeedsNeeded.power(1, 2, 0.05), 1e-6);
    assertEquals(0.8208825621944582, SeedsNeeded.power(1, 25, 0.05 / 91), 1e-6);
    assertEquals(0.05, SeedsNeeded.power(0, 10, 0.05), 1e-9, "no difference is found by chance");
  }

  @Test
  void moreTestsNeedMoreSeeds() {
    assertEquals(25, seeds(1, 0.05 / 91).orElseThrow());
    assertEquals(80, seeds(0.5, 0.05 / 91).orElseThrow());
  }

  @Test
  void twoSeedsAreTheLeastAndTooManyAreNotTold() {
    assertEquals(2, SeedsNeeded.of(1, 0, 0.05).orElseThrow());
    assertEquals(2, seeds(1000, 0.05).orElseThrow());
    assertTrue(seeds(0.001, 0.05).isEmpty());
  }

  @Test
  void refusesADifferenceOfNothing() {
    assertThrows(IllegalArgumentException.class, () -> SeedsNeeded.of(0, 1, 0.05));
  }
}
