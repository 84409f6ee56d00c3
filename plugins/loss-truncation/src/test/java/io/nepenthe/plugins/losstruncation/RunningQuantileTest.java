package io.nepenthe.plugins.losstruncation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RunningQuantileTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  @Test
  void keepsEverythingUntilMoreThanAWindowWasSeen() {
    RunningQuantile quantile = new RunningQuantile(0.5, 4);
    quantile.add(new float[] {1, 2});
    assertEquals(INFINITY, quantile.threshold());
    quantile.add(new float[] {3, 4});
    assertEquals(INFINITY, quantile.threshold());
  }

  @Test
  void interpolatesBetweenTheNewestValues() {
    RunningQuantile quantile = new RunningQuantile(0.75, 4);
    quantile.add(new float[] {100, 1, 2, 3, 4}); // the ring holds 1 2 3 4
    assertEquals(3.25f, quantile.threshold()); // position 0.75 * 3 = 2.25
  }

  @Test
  void recomputesOnlyAfterMoreThanAWindowOfNewValues() {
    RunningQuantile quantile = new RunningQuantile(1, 2);
    quantile.add(new float[] {1, 2, 3});
    assertEquals(3, quantile.threshold());
    quantile.add(new float[] {8, 9});
    assertEquals(3, quantile.threshold());
    quantile.add(new float[] {7});
    assertEquals(9, quantile.threshold());
  }

  @Test
  void takesMoreValuesThanTheWindowHolds() {
    RunningQuantile quantile = new RunningQuantile(0, 3);
    quantile.add(new float[] {1, 2, 3, 4, 5, 6, 7});
    assertEquals(5, quantile.threshold());
  }

  @Test
  void continuesWhereItsStateWasTaken() {
    RunningQuantile first = new RunningQuantile(0.5, 3);
    first.add(new float[] {5, 1, 4, 2});
    RunningQuantile second = new RunningQuantile(0.5, 3);
    second.restore(first.state());
    assertEquals(first.threshold(), second.threshold());
    for (RunningQuantile quantile : new RunningQuantile[] {first, second}) {
      quantile.add(new float[] {9, 8, 7, 3});
    }
    assertEquals(first.threshold(), second.threshold());
  }

  @Test
  void rejectsTheStateOfAnotherWindow() {
    float[] state = new RunningQuantile(0.5, 3).state();
    RunningQuantile other = new RunningQuantile(0.5, 4);
    assertEquals(
        "the state is of a window of 3 losses, must be of 4",
        assertThrows(IllegalArgumentException.class, () -> other.restore(state)).getMessage());
  }
}
