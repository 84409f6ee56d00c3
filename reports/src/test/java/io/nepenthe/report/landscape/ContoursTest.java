package io.nepenthe.report.landscape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

final class ContoursTest {
  private static List<List<Double>> grid(int points, DoubleBinaryOperator function) {
    List<List<Double>> values = new ArrayList<>();
    for (int y = 0; y < points; y++) {
      List<Double> line = new ArrayList<>();
      for (int x = 0; x < points; x++) {
        line.add(function.applyAsDouble(x, y));
      }
      values.add(line);
    }
    return values;
  }

  @Test
  void aPlaneHasAStraightContour() {
    List<Line2D> lines = Contours.of(grid(3, (x, y) -> x), 0.25);
    assertEquals(2, lines.size());
    for (Line2D line : lines) {
      assertEquals(0.25, line.getX1());
      assertEquals(0.25, line.getX2());
    }
  }

  @Test
  void aBowlHasAClosedRingAroundItsMiddle() {
    List<Line2D> lines = Contours.of(grid(9, (x, y) -> Math.hypot(x - 4, y - 4)), 2.9);
    Map<String, Integer> ends = new HashMap<>();
    for (Line2D line : lines) {
      ends.merge("%.9f %.9f".formatted(line.getX1(), line.getY1()), 1, Integer::sum);
      ends.merge("%.9f %.9f".formatted(line.getX2(), line.getY2()), 1, Integer::sum);
      assertEquals(2.9, Math.hypot(line.getX1() - 4, line.getY1() - 4), 0.06);
    }
    assertTrue(lines.size() > 12);
    ends.values().forEach(count -> assertEquals(2, count)); // each piece goes on at both ends
  }

  @Test
  void aSaddleIsCutWhereItsCentreSays() {
    List<List<Double>> high = List.of(List.of(1.0, 0.0), List.of(0.0, 1.0));
    assertEquals(2, Contours.of(high, 0.4).size());
    for (Line2D line : Contours.of(high, 0.4)) { // the centre, 0.5, is above: low corners cut off
      assertTrue(isAround(line, 1, 0) || isAround(line, 0, 1));
    }
    for (Line2D line : Contours.of(high, 0.6)) { // the centre is below: high corners cut off
      assertTrue(isAround(line, 0, 0) || isAround(line, 1, 1));
    }
  }

  private static boolean isAround(Line2D line, double x, double y) {
    return Math.hypot((line.getX1() + line.getX2()) / 2 - x, (line.getY1() + line.getY2()) / 2 - y)
        < 0.35;
  }

  @Test
  void aLevelOutsideHasNoContour() {
    assertEquals(List.of(), Contours.of(grid(4, (x, y) -> x + y), 7));
  }
}
