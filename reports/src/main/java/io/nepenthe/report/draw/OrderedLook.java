package io.nepenthe.report.draw;

import io.nepenthe.report.view.Marker;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.util.List;

/**
 * Looks of ordered values, such as 2, 4 and 8 layers: from dark to light, so that the order shows
 * without colours, and never those of methods. The colours are stops of viridis.
 */
public final class OrderedLook {
  private static final List<Color> STOPS =
      List.of(new Color(0x440154), new Color(0x3B528B), new Color(0x21918C), new Color(0x5EC962));
  private static final float[][] DASHES = {{}, {7, 4}, {2, 3}, {9, 3, 2, 3}};

  private OrderedLook() {}

  /** Returns the colour of the i-th of that many values. */
  public static Color color(int i, int count) {
    double place = count < 2 ? 0 : (double) i * (STOPS.size() - 1) / (count - 1);
    int below = Math.min((int) place, STOPS.size() - 2);
    return mix(STOPS.get(below), STOPS.get(below + 1), place - below);
  }

  private static Color mix(Color from, Color to, double share) {
    return new Color(
        (int) Math.round(from.getRed() + share * (to.getRed() - from.getRed())),
        (int) Math.round(from.getGreen() + share * (to.getGreen() - from.getGreen())),
        (int) Math.round(from.getBlue() + share * (to.getBlue() - from.getBlue())));
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
