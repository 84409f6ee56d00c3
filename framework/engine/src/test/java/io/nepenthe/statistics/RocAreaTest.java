package io.nepenthe.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class RocAreaTest {
  private static RocArea area(double[] first, double[] second) {
    return RocArea.of(first, second).orElseThrow();
  }

  /** 3 is above one of two, 5 above both: 0.75; both variances are 1/8, halved and added 1/8. */
  @Test
  void areaAndIntervalAreThoseWorkedOutByHand() {
    RocArea area = area(new double[] {3, 5}, new double[] {1, 4});
    assertEquals(0.75, area.area(), 1e-12);
    assertEquals(0.75 - 1.959964 * Math.sqrt(0.125), area.interval().low(), 1e-6);
    assertEquals(1, area.interval().high(), "cut");
    assertEquals(2, area.first());
    assertEquals(2, area.second());
  }

  /** By all pairs, ties among them. */
  @Test
  void areaAndIntervalAreThoseOfDeLongsDefinition() {
    Random random = new Random(5);
    double[] first = random.ints(40, 0, 12).asDoubleStream().toArray();
    double[] second = random.ints(30, 2, 16).asDoubleStream().toArray();
    double[] ofFirst = new double[40];
    double[] ofSecond = new double[30];
    double all = 0;
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 30; j++) {
        double kernel = first[i] > second[j] ? 1 : first[i] == second[j] ? 0.5 : 0;
        ofFirst[i] += kernel / 30;
        ofSecond[j] += kernel / 40;
        all += kernel / 1200;
      }
    }
    double variance = 0;
    for (double each : ofFirst) {
      variance += (each - all) * (each - all) / 39 / 40;
    }
    for (double each : ofSecond) {
      variance += (each - all) * (each - all) / 29 / 30;
    }
    RocArea area = area(first, second);
    assertEquals(all, area.area(), 1e-12);
    assertEquals(all - 1.959964 * Math.sqrt(variance), area.interval().low(), 1e-6);
    assertEquals(all + 1.959964 * Math.sqrt(variance), area.interval().high(), 1e-6);
    assertTrue(area.isBelowChance());
    assertFalse(area(second, first).isBelowChance());
  }

  @Test
  void equalsAreHalfAndNothingIsBelowChanceByChance() {
    RocArea same = area(new double[] {1, 1, 1}, new double[] {1, 1});
    assertEquals(0.5, same.area());
    assertFalse(same.isBelowChance());
    assertFalse(area(new double[] {1, 4}, new double[] {3, 5}).isBelowChance(), "too few to say");
    double[] infinite = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    assertEquals(0.5, area(infinite, infinite).area());
  }

  @Test
  void withoutTwoOnEitherSideThereIsNoIntervalAndWithoutOneNoArea() {
    assertNull(area(new double[] {1}, new double[] {0, 2}).interval());
    assertTrue(RocArea.of(new double[0], new double[] {1}).isEmpty());
    assertTrue(RocArea.of(new double[] {1}, new double[0]).isEmpty());
  }
}
