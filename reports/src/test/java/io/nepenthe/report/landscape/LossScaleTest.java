package io.nepenthe.report.landscape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.landscape.Landscape;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LossScaleTest {
  private static Landscape of(double centre, double edge) {
    List<Double> line = List.of(edge, edge, edge);
    return new Landscape("m", List.of(line, List.of(edge, centre, edge), line));
  }

  @Test
  void allModelsShareOneScale() {
    LossScale scale = LossScale.of(List.of(of(1, 4), of(2, 6)));
    assertFalse(scale.isLogarithmic());
    assertEquals(0, scale.position(1));
    assertEquals(0.6, scale.position(4), 1e-12);
    assertEquals(1, scale.position(6));
    assertEquals(List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0), scale.levels());
    assertEquals("3", scale.label(3));
  }

  @Test
  void lossesThatSpanMuchAreLogarithmic() {
    LossScale scale = LossScale.of(List.of(of(0.04, 9)));
    assertTrue(scale.isLogarithmic());
    assertEquals(0.5, scale.position(0.6), 1e-12);
    assertEquals(List.of("0.05", "0.1", "0.2", "0.5", "1", "2", "5"), labels(scale));
    assertTrue(scale.title().endsWith("logarithmic)"));
  }

  private static List<String> labels(LossScale scale) {
    return scale.levels().stream().map(scale::label).toList();
  }

  @Test
  void smallStepsGetTheirDecimals() {
    LossScale scale = LossScale.of(List.of(of(1.41, 1.73)));
    assertEquals(List.of("1.45", "1.50", "1.55", "1.60", "1.65", "1.70"), labels(scale));
  }

  @Test
  void aFlatLandscapeHasAScaleToo() {
    LossScale scale = LossScale.of(List.of(of(2, 2)));
    assertEquals(0, scale.position(2));
    assertFalse(scale.levels().isEmpty());
  }
}
