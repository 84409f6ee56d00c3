package io.nepenthe.report.draw;

import io.nepenthe.report.view.MethodLook;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Line2D;
import org.jfree.chart.LegendItem;
import org.jspecify.annotations.Nullable;

/** Entries of legends that stand for several panels. */
public final class Legend {
  private static final Shape LINE = new Line2D.Double(-11, 0, 11, 0);
  private static final BasicStroke HAIR = new BasicStroke(1.2f);

  private Legend() {}

  public static LegendItem marker(String label, Shape marker, Color color) {
    return item(label, marker, color, color, false, HAIR);
  }

  /** Returns the entry of a marker of which only the outline is drawn. */
  public static LegendItem hollow(String label, Shape marker, Color color) {
    return item(label, marker, Color.WHITE, color, false, HAIR);
  }

  public static LegendItem markedLine(String label, MethodLook look, BasicStroke stroke) {
    return item(label, look.marker(), look.color(), look.color(), true, stroke);
  }

  public static LegendItem line(String label, Color color, BasicStroke stroke) {
    return item(label, null, color, color, true, stroke);
  }

  private static LegendItem item(
      String label,
      @Nullable Shape marker,
      Paint fill,
      Color color,
      boolean line,
      BasicStroke stroke) {
    return new LegendItem(
        ChartStyle.legendLabel(label),
        null,
        null,
        null,
        marker != null,
        marker == null ? LINE : marker,
        true,
        fill,
        true,
        color,
        HAIR,
        line,
        LINE,
        stroke,
        color);
  }
}
