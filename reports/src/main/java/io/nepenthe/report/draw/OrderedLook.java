package io.nepenthe.report.draw;

import io.nepenthe.report.view.Marker;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;

/**
 * Looks of ordered values, such as 2, 4 and 8 layers: from dark to light, so that the order shows
 * without colours, and never those of methods.
 */
public final class OrderedLook {
  /** Lighter colours are too faint on white. */
  private static final double LIGHTEST = 0.75;

  private static final float[][] DASHES = {{}, {7, 4}, {2, 3}, {9, 3, 2, 3}};

  private OrderedLook() {}

  /** Returns the colour of the i-th of that many values. */
  public static Color color(int i, int count) {
    return ColorRamp.at(count < 2 ? 0 : LIGHTEST * i / (count - 1));
  }

  public static Shape marker(int i) {
    return Marker.of(i);
  }

  /** Returns the line of the i-th value of a second order: whole, dashed, dotted, both. */
  public static BasicStroke stroke(int i) {
    float[] dashes = DASHES[i % DASHES.length];
    return dashes.length == 0
        ? new BasicStroke(2)
        : new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }
}
