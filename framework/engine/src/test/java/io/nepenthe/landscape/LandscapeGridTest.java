package io.nepenthe.landscape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LandscapeGridTest {
  @ParameterizedTest
  @CsvSource({"3, 1", "21, 1", "21, 0.3", "7, 2.5"})
  void offsetsAreSymmetricAroundAnExactZero(int points, double distance) {
    List<Double> offsets = new LandscapeGrid(points, distance).offsets();
    assertEquals(points, offsets.size());
    assertEquals(0.0, offsets.get(points / 2));
    assertEquals(distance, offsets.get(points - 1));
    for (int i = 0; i < points / 2; i++) {
      assertEquals(-offsets.get(points - 1 - i), offsets.get(i));
    }
  }

  @ParameterizedTest
  @CsvSource({"20, 1", "1, 1", "21, 0", "21, NaN"})
  void refusesAGridWithoutACentreOrWithoutSize(int points, double distance) {
    assertThrows(IllegalArgumentException.class, () -> new LandscapeGrid(points, distance));
  }

  @Test
  void aLandscapeIsASquare() {
    assertEquals(
        5.0,
        new Landscape("m", List.of(List.of(1., 2., 3.), List.of(4., 5., 6.), List.of(7., 8., 9.)))
            .centre());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Landscape("m", List.of(List.of(1.), List.of(2.), List.of(3.))));
  }
}
