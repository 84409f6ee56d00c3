package io.nepenthe.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TinyFixtureTest {
  private final TinyFixture fixture = TinyFixture.trained();

  @Test
  void memorizesMostOfItsNoisedRows() {
    System.err.println(
        "PASSES " + fixture.training().passes() + " " + fixture.memorization(fixture.original()));
    assertTrue(fixture.memorization(fixture.original()).memorizedPercent() >= 60);
    assertEquals(fixture.memorization(fixture.original()).memorized(), fixture.memorized().rows());
  }

  @Test
  void handsOutCopies() {
    float[] values = fixture.original();
    values[0] = Float.NaN;
    assertArrayEquals(fixture.original(), TinyFixture.trained().original());
  }
}
