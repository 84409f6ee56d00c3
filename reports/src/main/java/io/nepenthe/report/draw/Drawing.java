package io.nepenthe.report.draw;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.function.Consumer;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.text.TextUtils;

/**
 * What any kind of graphics can show: SVG, PDF and PNG of a figure are the same drawing. A unit is
 * 1/96 inch.
 *
 * @param width in units
 * @param height in units
 * @param content draws it
 */
public record Drawing(int width, int height, Consumer<Graphics2D> content) {
  static final int UNITS_PER_INCH = 96;

  /** Returns the drawing of a chart, {@link ChartStyle#WIDTH} wide. */
  static Drawing of(JFreeChart chart, int height) {
    Rectangle2D area = new Rectangle2D.Double(0, 0, ChartStyle.WIDTH, height);
    return new Drawing(
        ChartStyle.WIDTH,
        height,
        graphics -> {
          // Rotated labels would become outlines otherwise; a setting of the library for the whole
          // process.
          TextUtils.setUseDrawRotatedStringWorkaround(false);
          chart.draw(graphics, area);
        });
  }
}
