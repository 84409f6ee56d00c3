package io.nepenthe.report.view;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.Locale;

/** The shapes that mark methods in charts and tables, all around (0, 0). */
public final class Marker {
  private static final int COUNT = 8;

  private Marker() {}

  /** Returns the i-th of eight shapes; they repeat after that. */
  public static Shape of(int index) {
    return switch (index % COUNT) {
      case 0 -> new Ellipse2D.Double(-4.2, -4.2, 8.4, 8.4);
      case 1 -> polygon(-3.8, -3.8, 3.8, -3.8, 3.8, 3.8, -3.8, 3.8);
      case 2 -> polygon(0, -5, 4.8, 3.6, -4.8, 3.6);
      case 3 -> polygon(0, -5.4, 5.4, 0, 0, 5.4, -5.4, 0);
      case 4 -> polygon(0, 5, 4.8, -3.6, -4.8, -3.6);
      case 5 -> plus();
      case 6 -> polygon(-5, 0, 3.6, -4.8, 3.6, 4.8);
      default -> AffineTransform.getRotateInstance(Math.PI / 4).createTransformedShape(plus());
    };
  }

  /** Returns the five-pointed star kept for the original model. */
  static Shape star() {
    Path2D star = new Path2D.Double();
    for (int i = 0; i < 10; i++) {
      double radius = i % 2 == 0 ? 7.5 : 3.1;
      double angle = Math.PI * (i / 5.0 - 0.5);
      add(star, radius * Math.cos(angle), radius * Math.sin(angle));
    }
    star.closePath();
    return star;
  }

  private static Shape plus() {
    return polygon(
        -1.6, -5, 1.6, -5, 1.6, -1.6, 5, -1.6, 5, 1.6, 1.6, 1.6, 1.6, 5, -1.6, 5, -1.6, 1.6, -5,
        1.6, -5, -1.6, -1.6, -1.6);
  }

  private static Shape polygon(double... xy) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < xy.length; i += 2) {
      add(path, xy[i], xy[i + 1]);
    }
    path.closePath();
    return path;
  }

  private static void add(Path2D path, double x, double y) {
    if (path.getCurrentPoint() == null) {
      path.moveTo(x, y);
    } else {
      path.lineTo(x, y);
    }
  }

  /** Returns the shape as the data of an SVG path, curves flattened. */
  public static String svgPath(Shape shape) {
    StringBuilder data = new StringBuilder();
    double[] at = new double[6];
    for (PathIterator i = shape.getPathIterator(null, 0.05); !i.isDone(); i.next()) {
      int kind = i.currentSegment(at);
      if (kind == PathIterator.SEG_CLOSE) {
        data.append('Z');
      } else {
        data.append(kind == PathIterator.SEG_MOVETO ? 'M' : 'L')
            .append(String.format(Locale.ROOT, "%.1f %.1f", at[0], at[1]));
      }
    }
    return data.toString();
  }
}
