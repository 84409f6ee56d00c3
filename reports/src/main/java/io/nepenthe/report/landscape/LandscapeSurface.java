package io.nepenthe.report.landscape;

import io.nepenthe.landscape.Landscape;
import io.nepenthe.landscape.LossLandscapes;
import io.nepenthe.report.draw.ColorRamp;
import io.nepenthe.report.draw.Drawing;
import io.nepenthe.report.draw.Lettering;
import io.nepenthe.report.view.Numbers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Landscapes from the side, their losses upwards: an orthographic view, drawn from the back to the
 * front.
 */
final class LandscapeSurface {
  private static final double AZIMUTH = Math.toRadians(35);
  private static final double ELEVATION = Math.toRadians(30);
  private static final double HEIGHT = 1.5;
  private static final double UNIT = 80;
  private static final double FLOOR = 200;
  private static final String UNIT_NAME = "(filter norms)";
  private static final double MIDDLE = LandscapeFigure.MIDDLE;
  private static final Color EDGE = new Color(255, 255, 255, 90);
  private static final Color FRAME = new Color(0xB0B0B0);

  private final Graphics2D graphics;
  private final Landscape landscape;
  private final LossScale scale;

  private LandscapeSurface(Graphics2D graphics, Landscape landscape, LossScale scale) {
    this.graphics = graphics;
    this.landscape = landscape;
    this.scale = scale;
  }

  static Drawing of(LossLandscapes landscapes) {
    List<Double> offsets = landscapes.offsets();
    return LandscapeFigure.of(landscapes)
        .drawing(
            (graphics, landscape, scale) -> {
              LandscapeSurface surface = new LandscapeSurface(graphics, landscape, scale);
              surface.frame();
              surface.patches();
              surface.labels(offsets);
            });
  }

  /** A piece of the surface between four grid points. */
  private record Patch(Path2D outline, double depth, double position) {}

  /** Returns where a point is seen: x and y from -1 to 1, z from 0 to 1. */
  private static Point2D seen(double x, double y, double z) {
    double right = x * Math.cos(AZIMUTH) - y * Math.sin(AZIMUTH);
    double up = z * HEIGHT * Math.cos(ELEVATION) + depth(x, y) * Math.sin(ELEVATION);
    return new Point2D.Double(MIDDLE + UNIT * right, FLOOR - UNIT * up);
  }

  /** Returns how far back a point lies. */
  private static double depth(double x, double y) {
    return x * Math.sin(AZIMUTH) + y * Math.cos(AZIMUTH);
  }

  private double position(int line, int column) {
    return scale.position(landscape.losses().get(line).get(column));
  }

  private double onAxis(int index) {
    return 2.0 * index / (landscape.losses().size() - 1) - 1;
  }

  private void patches() {
    int last = landscape.losses().size() - 1;
    List<Patch> patches = new ArrayList<>();
    for (int line = 0; line < last; line++) {
      for (int column = 0; column < last; column++) {
        patches.add(patch(line, column));
      }
    }
    patches.sort(Comparator.comparingDouble(Patch::depth).reversed());
    graphics.setStroke(new BasicStroke(0.5f));
    for (Patch patch : patches) {
      graphics.setPaint(ColorRamp.at(patch.position()));
      graphics.fill(patch.outline());
      graphics.setPaint(EDGE);
      graphics.draw(patch.outline());
    }
  }

  private Patch patch(int line, int column) {
    int[][] corners = {
      {line, column}, {line, column + 1}, {line + 1, column + 1}, {line + 1, column}
    };
    Path2D outline = new Path2D.Double();
    double depth = 0;
    double position = 0;
    for (int[] corner : corners) {
      double x = onAxis(corner[1]);
      double y = onAxis(corner[0]);
      double z = position(corner[0], corner[1]);
      Point2D point = seen(x, y, z);
      if (outline.getCurrentPoint() == null) {
        outline.moveTo(point.getX(), point.getY());
      } else {
        outline.lineTo(point.getX(), point.getY());
      }
      depth += depth(x, y) / 4;
      position += z / 4;
    }
    outline.closePath();
    return new Patch(outline, depth, position);
  }

  /** Draws the floor, and behind the surface two walls with a line for each level. */
  private void frame() {
    graphics.setStroke(new BasicStroke(0.8f));
    graphics.setPaint(FRAME);
    line(-1, -1, 0, 1, -1, 0);
    line(1, -1, 0, 1, 1, 0);
    line(-1, -1, 0, -1, 1, 0);
    line(-1, 1, 0, 1, 1, 0);
    for (double[] corner : new double[][] {{-1, 1}, {1, 1}, {1, -1}}) {
      line(corner[0], corner[1], 0, corner[0], corner[1], 1);
    }
    for (double level : scale.levels()) {
      double z = scale.position(level);
      line(-1, 1, z, 1, 1, z);
      line(1, 1, z, 1, -1, z);
    }
  }

  private void line(double x0, double y0, double z0, double x1, double y1, double z1) {
    graphics.draw(new Line2D.Double(seen(x0, y0, z0), seen(x1, y1, z1)));
  }

  private void labels(List<Double> offsets) {
    graphics.setPaint(LandscapeFigure.INK);
    int last = offsets.size() - 1;
    for (int i : new int[] {0, last / 2, last}) {
      String offset = Numbers.exact(offsets.get(i));
      Point2D right = seen(onAxis(i), -1, 0);
      graphics.drawString(offset, (float) right.getX() + 5, (float) right.getY() + 13);
      Point2D left = seen(-1, onAxis(i), 0);
      Lettering.endingAt(graphics, offset, left.getX() - 5, left.getY() + 13);
    }
    Point2D first = seen(0, -1, 0);
    graphics.drawString("Direction 1", (float) first.getX() - 6, (float) first.getY() + 30);
    Point2D second = seen(-1, 0, 0);
    Lettering.endingAt(graphics, "Direction 2", second.getX() - 18, second.getY() + 26);
    graphics.drawString(UNIT_NAME, (float) first.getX() - 6, (float) first.getY() + 44);
    Lettering.endingAt(graphics, UNIT_NAME, second.getX() - 18, second.getY() + 40);
    for (double level : scale.levels()) {
      Point2D at = seen(-1, 1, scale.position(level));
      Lettering.endingAt(graphics, scale.label(level), at.getX() - 5, at.getY() + 4);
    }
    Lettering.upwards(graphics, "Loss", 12, (seen(-1, 1, 0).getY() + seen(-1, 1, 1).getY()) / 2);
  }
}
