package io.nepenthe.report.landscape;

import io.nepenthe.landscape.Landscape;
import io.nepenthe.landscape.LossLandscapes;
import io.nepenthe.report.draw.ColorRamp;
import io.nepenthe.report.draw.Drawing;
import io.nepenthe.report.draw.Lettering;
import io.nepenthe.report.view.Numbers;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Landscapes from above: a cell per grid point in the colour of its loss, contours over them. */
final class LandscapeMap {
  private static final double LEFT = 44;
  private static final double SIDE = LandscapeFigure.SIZE - 62;

  private final Graphics2D graphics;
  private final Landscape landscape;
  private final LossScale scale;
  private final double cell;

  private LandscapeMap(Graphics2D graphics, Landscape landscape, LossScale scale) {
    this.graphics = graphics;
    this.landscape = landscape;
    this.scale = scale;
    this.cell = SIDE / landscape.losses().size();
  }

  static Drawing of(LossLandscapes landscapes) {
    List<Double> offsets = landscapes.offsets();
    return LandscapeFigure.of(landscapes)
        .drawing(
            (graphics, landscape, scale) -> {
              LandscapeMap map = new LandscapeMap(graphics, landscape, scale);
              map.cells();
              map.contours();
              map.centre();
              map.axes(offsets);
            });
  }

  /** Returns where a grid point lies, in whole cells from the lower left one. */
  private double x(double column) {
    return LEFT + (column + 0.5) * cell;
  }

  private double y(double line) {
    return 12 + SIDE - (line + 0.5) * cell;
  }

  private void cells() {
    Object before = graphics.getRenderingHint(RenderingHints.KEY_ANTIALIASING);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    List<List<Double>> losses = landscape.losses();
    for (int line = 0; line < losses.size(); line++) {
      for (int column = 0; column < losses.size(); column++) {
        graphics.setPaint(ColorRamp.at(scale.position(losses.get(line).get(column))));
        graphics.fill(
            new Rectangle2D.Double(x(column - 0.5), y(line + 0.5), cell + 0.25, cell + 0.25));
      }
    }
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, before);
  }

  private void contours() {
    graphics.setStroke(new BasicStroke(1));
    for (double level : scale.levels()) {
      Path2D path = new Path2D.Double();
      for (Line2D line : Contours.of(landscape.losses(), level)) {
        path.moveTo(x(line.getX1()), y(line.getY1()));
        path.lineTo(x(line.getX2()), y(line.getY2()));
      }
      graphics.setPaint(ColorRamp.inkOn(scale.position(level)));
      graphics.draw(path);
    }
  }

  private void centre() {
    int middle = landscape.losses().size() / 2;
    graphics.setPaint(ColorRamp.inkOn(scale.position(landscape.centre())));
    graphics.fill(new Ellipse2D.Double(x(middle) - 2.5, y(middle) - 2.5, 5, 5));
  }

  private void axes(List<Double> offsets) {
    int last = offsets.size() - 1;
    graphics.setPaint(LandscapeFigure.INK);
    graphics.draw(new Rectangle2D.Double(x(-0.5), y(last + 0.5), SIDE, SIDE));
    for (int i : new int[] {0, last / 2, last}) {
      String offset = Numbers.exact(offsets.get(i));
      graphics.draw(new Line2D.Double(x(i), y(-0.5), x(i), y(-0.5) + 4));
      Lettering.centred(graphics, offset, x(i), y(-0.5) + 18);
      graphics.draw(new Line2D.Double(x(-0.5), y(i), x(-0.5) - 4, y(i)));
      Lettering.endingAt(graphics, offset, x(-0.5) - 7, y(i) + 4);
    }
    Lettering.centred(graphics, "Offset, direction 1 (filter norms)", x(last / 2.0), y(-0.5) + 34);
    Lettering.upwards(graphics, "Offset, direction 2 (filter norms)", x(-0.5) - 28, y(last / 2.0));
  }
}
