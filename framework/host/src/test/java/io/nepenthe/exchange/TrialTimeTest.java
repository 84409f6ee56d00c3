package io.nepenthe.exchange;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TrialTimeTest {
  @Test
  void noClockShowsNegativeTimesOrNoNumbers() {
    assertTrue(new TrialTime(3, 1.0, 2.0).isPossible());
    assertFalse(new TrialTime(1, -1.0, 2.0).isPossible());
    assertFalse(new TrialTime(1, 2.0, -1.0).isPossible());
    assertFalse(new TrialTime(Double.NaN, null, null).isPossible());
  }
}
