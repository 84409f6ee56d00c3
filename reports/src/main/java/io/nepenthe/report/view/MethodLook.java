package io.nepenthe.report.view;

import java.awt.Color;
import java.awt.Shape;
import java.util.List;

/**
 * Colour and marker of a method. The colours are Okabe and Ito's, told apart by colour-blind
 * readers, less yellow (too faint on white) and plus Paul Tol's wine. Seven colours and eight
 * markers have no common factor, so 56 methods all differ.
 *
 * @param color of line and marker
 * @param marker around (0, 0), about 9 units wide
 */
public record MethodLook(Color color, Shape marker) {
  private static final List<Color> COLORS =
      List.of(
          new Color(0x0072B2), // blue
          new Color(0xD55E00), // vermilion
          new Color(0x009E73), // bluish green
          new Color(0xCC79A7), // reddish purple
          new Color(0xE69F00), // orange
          new Color(0x56B4E9), // sky blue
          new Color(0x882255)); // wine

  public static final Color MEMORIZED = COLORS.get(1);
  public static final Color UTILITY = COLORS.get(0);

  public static MethodLook original() {
    return new MethodLook(Color.BLACK, Marker.star());
  }

  /** Returns the look of the i-th method that is not the original model. */
  static MethodLook of(int index) {
    return new MethodLook(COLORS.get(index % COLORS.size()), Marker.of(index));
  }

  /** Returns the colour of the i-th kind of challenge. */
  public static Color ofChallenge(int i) {
    return COLORS.get(i % COLORS.size());
  }

  /** Returns the colour as "#rrggbb". */
  public String hex() {
    return "#%06x".formatted(color.getRGB() & 0xffffff);
  }
}
