package io.nepenthe.report.draw;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jfree.chart.axis.ValueAxis;

/**
 * Moves markers that would hide each other apart, each by about its own size at most. Sizes of the
 * plot are estimates, made before anything is drawn.
 */
public final class MarkersApart {
  /** Said wherever markers may have been moved. */
  public static final String NOTE = "Markers that would hide each other stand a little apart.";

  private static final double WIDTH = 400;
  private static final double HEIGHT = 270;

  /** Markers nearer than this hide each other. */
  private static final double NEAR = 8;

  /** How far neighbours then stand apart, about a marker's width. */
  private static final double STEP = 10;

  private MarkersApart() {}

  /** Returns each marker where it is to be drawn, around its point. */
  public static List<Shape> of(
      List<Shape> markers, List<Point2D> points, ValueAxis xAxis, ValueAxis yAxis) {
    List<Point2D> places =
        points.stream()
            .<Point2D>map(
                point ->
                    new Point2D.Double(
                        WIDTH * AxisRange.share(xAxis, point.getX()),
                        HEIGHT * AxisRange.share(yAxis, point.getY())))
            .toList();
    List<Shape> moved = new ArrayList<>(markers);
    Set<Integer> done = new HashSet<>();
    for (int i = 0; i < places.size(); i++) {
      List<Integer> crowd = crowd(places, i, done);
      double radius = crowd.size() < 2 ? 0 : STEP / 2 / Math.sin(Math.PI / crowd.size());
      for (int k = 0; k < crowd.size(); k++) {
        double angle = 2 * Math.PI * k / crowd.size();
        moved.set(
            crowd.get(k),
            AffineTransform.getTranslateInstance(radius * Math.cos(angle), radius * Math.sin(angle))
                .createTransformedShape(markers.get(crowd.get(k))));
      }
    }
    return moved;
  }

  /** Returns the points that are near one or near one of these, unless they have been moved. */
  private static List<Integer> crowd(List<Point2D> places, int first, Set<Integer> done) {
    List<Integer> crowd = new ArrayList<>();
    if (done.add(first)) {
      crowd.add(first);
    }
    for (int i = 0; i < crowd.size(); i++) {
      for (int k = 0; k < places.size(); k++) {
        if (places.get(k).distance(places.get(crowd.get(i))) < NEAR && done.add(k)) {
          crowd.add(k);
        }
      }
    }
    return crowd;
  }
}
