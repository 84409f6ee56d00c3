package io.nepenthe.report.draw;

import java.awt.Color;
import java.util.List;

/**
 * Colours from low to high: viridis (Smith and van der Walt, 2015), of even steps to the eye, also
 * in grey and to colour-blind readers.
 */
public final class ColorRamp {
  private static final List<Color> ANCHORS =
      List.of(
          new Color(0x440154),
          new Color(0x482878),
          new Color(0x3E4989),
          new Color(0x31688E),
          new Color(0x26828E),
          new Color(0x1F9E89),
          new Color(0x35B779),
          new Color(0x6ECE58),
          new Color(0xB5DE2B),
          new Color(0xFDE725));

  private ColorRamp() {}

  /** Returns the colour at a position from 0 to 1. */
  public static Color at(double position) {
    double place = Math.min(Math.max(position, 0), 1) * (ANCHORS.size() - 1);
    int below = Math.min((int) place, ANCHORS.size() - 2);
    double share = place - below;
    Color from = ANCHORS.get(below);
    Color to = ANCHORS.get(below + 1);
    return new Color(
        mix(from.getRed(), to.getRed(), share),
        mix(from.getGreen(), to.getGreen(), share),
        mix(from.getBlue(), to.getBlue(), share));
  }

  /** Returns white on dark colours of the ramp, black on light ones. */
  public static Color inkOn(double position) {
    return position < 0.6 ? Color.WHITE : Color.BLACK;
  }

  private static int mix(int from, int to, double share) {
    return (int) Math.round(from + share * (to - from));
  }
}
