package io.nepenthe.report.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.report.view.Marker;
import java.awt.Shape;
import java.awt.geom.Point2D;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.data.Range;
import org.junit.jupiter.api.Test;

final class MarkersApartTest {
  private static final ValueAxis AXIS = ChartStyle.axis("", new Range(0, 100));

  private static List<Point2D> centres(double... xy) {
    List<Point2D> points =
        IntStream.range(0, xy.length / 2)
            .<Point2D>mapToObj(i -> new Point2D.Double(xy[2 * i], xy[2 * i + 1]))
            .toList();
    List<Shape> markers = Collections.nCopies(points.size(), Marker.of(0));
    return MarkersApart.of(markers, points, AXIS, AXIS).stream()
        .<Point2D>map(
            shape ->
                new Point2D.Double(
                    shape.getBounds2D().getCenterX(), shape.getBounds2D().getCenterY()))
        .toList();
  }

  @Test
  void markersWithRoomStayAtTheirPoints() {
    assertEquals(
        List.of(new Point2D.Double(0, 0), new Point2D.Double(0, 0)), centres(10, 10, 20, 10));
  }

  @Test
  void markersAtOnePointAreAllSeen() {
    List<Point2D> centres = centres(50, 50, 50, 50, 50, 50);
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < i; k++) {
        assertTrue(centres.get(i).distance(centres.get(k)) > 8, centres.toString());
      }
      assertTrue(centres.get(i).distance(0, 0) < 8, centres.toString());
    }
  }
}
