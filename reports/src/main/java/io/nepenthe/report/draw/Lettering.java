package io.nepenthe.report.draw;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;

/** Texts of drawings that are no charts of JFreeChart. */
public final class Lettering {
  private Lettering() {}

  /** Writes a text around x. */
  public static void centred(Graphics2D graphics, String text, double x, double baseline) {
    double width = graphics.getFontMetrics().stringWidth(text);
    graphics.drawString(text, (float) (x - width / 2), (float) baseline);
  }

  /** Writes a text that ends at x. */
  public static void endingAt(Graphics2D graphics, String text, double x, double baseline) {
    double width = graphics.getFontMetrics().stringWidth(text);
    graphics.drawString(text, (float) (x - width), (float) baseline);
  }

  /** Writes a text from below upwards, around y. */
  public static void upwards(Graphics2D graphics, String text, double baseline, double y) {
    AffineTransform before = graphics.getTransform();
    graphics.translate(baseline, y);
    graphics.rotate(-Math.PI / 2);
    centred(graphics, text, 0, 0);
    graphics.setTransform(before);
  }
}
