package io.nepenthe.report.landscape;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines along which a function, known on a grid and linear between its points, has a value
 * (marching squares; where two lines cross a cell, the mean of its corners tells how).
 */
final class Contours {
  private final List<List<Double>> values;
  private final double level;
  private final List<Line2D> lines = new ArrayList<>();

  private Contours(List<List<Double>> values, double level) {
    this.values = values;
    this.level = level;
  }

  /**
   * Returns the pieces of the lines, in units of the grid.
   *
   * @param values a list per y, in it one number per x
   */
  static List<Line2D> of(List<List<Double>> values, double level) {
    Contours contours = new Contours(values, level);
    for (int y = 0; y + 1 < values.size(); y++) {
      for (int x = 0; x + 1 < values.get(y).size(); x++) {
        contours.addCell(x, y);
      }
    }
    return contours.lines;
  }

  private double at(int x, int y) {
    return values.get(y).get(x);
  }

  private boolean isAbove(int x, int y) {
    return at(x, y) > level;
  }

  private void addCell(int x, int y) {
    List<Point2D> crossings = new ArrayList<>(); // around the cell: an even number
    addCrossing(crossings, x, y, x + 1, y);
    addCrossing(crossings, x + 1, y, x + 1, y + 1);
    addCrossing(crossings, x + 1, y + 1, x, y + 1);
    addCrossing(crossings, x, y + 1, x, y);
    boolean isSaddle = crossings.size() == 4;
    double centre = (at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1)) / 4;
    // A saddle's lines cut off the two corners that differ from its centre.
    int shift = isSaddle && isAbove(x, y) != (centre > level) ? 3 : 0;
    for (int i = 0; i < crossings.size(); i += 2) {
      lines.add(
          new Line2D.Double(
              crossings.get((i + shift) % crossings.size()),
              crossings.get((i + shift + 1) % crossings.size())));
    }
  }

  private void addCrossing(List<Point2D> crossings, int x0, int y0, int x1, int y1) {
    if (isAbove(x0, y0) != isAbove(x1, y1)) {
      double share = (level - at(x0, y0)) / (at(x1, y1) - at(x0, y0));
      crossings.add(new Point2D.Double(x0 + share * (x1 - x0), y0 + share * (y1 - y0)));
    }
  }
}
