package io.nepenthe.report.landscape;

import io.nepenthe.landscape.Landscape;
import io.nepenthe.landscape.LossLandscapes;
import io.nepenthe.report.draw.ColorRamp;
import io.nepenthe.report.draw.Drawing;
import io.nepenthe.report.draw.Lettering;
import io.nepenthe.report.text.Escape;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;

/**
 * A figure of landscapes: one panel per model, up to three in a line, and beside them the scale of
 * colours they share.
 *
 * @param landscapes what is shown
 * @param scale of all its losses
 */
record LandscapeFigure(LossLandscapes landscapes, LossScale scale) {
  /** Width of a panel, and its height below its title. */
  static final int SIZE = 300;

  /** Where a panel's plot has its middle: axis labels are on its left. */
  static final double MIDDLE = SIZE / 2.0 + 13;

  static final Color INK = new Color(0x333333);

  private static final int MOST_COLUMNS = 3;
  private static final int TITLE = 44;
  private static final int MARGIN = 14;
  private static final int SCALE_WIDTH = 118;
  private static final int BAR_WIDTH = 16;
  private static final int BAR_STEPS = 64;
  private static final int TITLE_LENGTH = 32;
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 14);

  /** Draws one landscape into the square from (0, 0) to ({@link #SIZE}, {@link #SIZE}). */
  @FunctionalInterface
  interface Panel {
    void draw(Graphics2D graphics, Landscape landscape, LossScale scale);
  }

  static LandscapeFigure of(LossLandscapes landscapes) {
    return new LandscapeFigure(landscapes, LossScale.of(landscapes.models()));
  }

  /** Returns the figure. */
  Drawing drawing(Panel panel) {
    return new Drawing(width(), height(), graphics -> draw(graphics, panel));
  }

  private int width() {
    return 2 * MARGIN + columns() * SIZE + SCALE_WIDTH;
  }

  private int height() {
    int lines = (landscapes.models().size() + columns() - 1) / columns();
    return 2 * MARGIN + lines * (TITLE + SIZE);
  }

  private int columns() {
    return Math.min(MOST_COLUMNS, landscapes.models().size());
  }

  private void draw(Graphics2D graphics, Panel panel) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setPaint(Color.WHITE);
    graphics.fill(new Rectangle2D.Double(0, 0, width(), height()));
    List<Landscape> models = landscapes.models();
    for (int i = 0; i < models.size(); i++) {
      AffineTransform before = graphics.getTransform();
      int line = i / columns();
      graphics.translate(MARGIN + (i % columns()) * SIZE, MARGIN + line * (TITLE + SIZE));
      title(graphics, models.get(i));
      graphics.translate(0, TITLE);
      graphics.setFont(TEXT);
      panel.draw(graphics, models.get(i), scale);
      graphics.setTransform(before);
    }
    bar(graphics, MARGIN + columns() * SIZE + 14, MARGIN + TITLE + 12, SIZE - 62);
  }

  private static void title(Graphics2D graphics, Landscape model) {
    String name = Escape.line(model.name());
    graphics.setPaint(INK);
    graphics.setFont(BOLD);
    Lettering.centred(
        graphics,
        name.length() <= TITLE_LENGTH ? name : name.substring(0, TITLE_LENGTH - 1) + "…",
        MIDDLE,
        16);
    graphics.setFont(TEXT);
    Lettering.centred(
        graphics,
        String.format(Locale.ROOT, "loss of the model: %.3f", model.centre()),
        MIDDLE,
        34);
  }

  private void bar(Graphics2D graphics, double x, double y, double height) {
    for (int i = 0; i < BAR_STEPS; i++) {
      graphics.setPaint(ColorRamp.at((i + 0.5) / BAR_STEPS));
      double top = y + height * (BAR_STEPS - 1 - i) / BAR_STEPS;
      // Half a unit more than its share, hidden by the next: no gaps between.
      graphics.fill(new Rectangle2D.Double(x, top, BAR_WIDTH, height / BAR_STEPS + 0.5));
    }
    graphics.setPaint(INK);
    graphics.setFont(TEXT);
    graphics.setStroke(new BasicStroke(1));
    for (double level : scale.levels()) {
      double at = y + height * (1 - scale.position(level));
      graphics.draw(new Line2D.Double(x + BAR_WIDTH, at, x + BAR_WIDTH + 4, at));
      graphics.drawString(scale.label(level), (float) (x + BAR_WIDTH + 8), (float) at + 4);
    }
    int widest =
        scale.levels().stream()
            .mapToInt(level -> graphics.getFontMetrics().stringWidth(scale.label(level)))
            .max()
            .orElse(0);
    Lettering.upwards(graphics, scale.title(), x + BAR_WIDTH + 8 + widest + 18, y + height / 2);
    graphics.drawString("Lines at the ticks", (float) x, (float) (y + height) + 20);
  }
}
