package io.nepenthe.report.draw;

import io.nepenthe.report.text.Escape;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYDataItem;
import org.jfree.data.xy.XYSeries;

/**
 * Names beside points, where they fit: a name that would touch a marker, another name or the frame
 * on every side is left to the legend. Sizes are estimates, made before anything is drawn.
 */
public final class DirectLabels {
  private static final double WIDTH = 390;
  private static final double HEIGHT = 215;
  private static final double LETTER = 7.2;
  private static final double LINE = 15;
  private static final double AWAY = 8;
  private static final double FAR = 24;
  private static final double MARKER = 5;

  /** The first that is free is taken. */
  private static final List<Side> SIDES =
      List.of(
          new Side(0, -0.5, AWAY, 0, TextAnchor.CENTER_LEFT),
          new Side(-0.5, 0, 0, AWAY, TextAnchor.BOTTOM_CENTER),
          new Side(0, 0, AWAY, AWAY, TextAnchor.BOTTOM_LEFT),
          new Side(-1, -0.5, -AWAY, 0, TextAnchor.CENTER_RIGHT),
          new Side(-0.5, -1, 0, -AWAY, TextAnchor.TOP_CENTER),
          new Side(0, -1, AWAY, -AWAY, TextAnchor.TOP_LEFT),
          new Side(-1, 0, -AWAY, AWAY, TextAnchor.BOTTOM_RIGHT),
          new Side(-1, -1, -AWAY, -AWAY, TextAnchor.TOP_RIGHT),
          new Side(0, -1, AWAY, -FAR, TextAnchor.TOP_LEFT),
          new Side(0, 0, AWAY, FAR, TextAnchor.BOTTOM_LEFT));

  private final XYPlot plot;
  private final List<Rectangle2D> taken = new ArrayList<>();

  private DirectLabels(XYPlot plot) {
    this.plot = plot;
  }

  /**
   * A point in the plot's data.
   *
   * @param name printed beside it; empty if the point only must not be covered
   * @param x across
   * @param y upwards
   */
  public record Point(String name, double x, double y) {}

  /** Where a name stands from its point, in text widths and heights and in units. */
  private record Side(
      double widths, double heights, double across, double upwards, TextAnchor anchor) {}

  /**
   * Adds the names that fit to a plot whose axes have their ranges.
   *
   * @param steps a line that goes across, then up or down, from item to item; names keep off it
   */
  public static void add(XYPlot plot, List<Point> points, XYSeries steps) {
    DirectLabels labels = new DirectLabels(plot);
    points.forEach(point -> labels.take(labels.across(point), labels.upwards(point), 0, 0, MARKER));
    for (int i = 1; i < steps.getItemCount(); i++) {
      Point from = point(steps.getDataItem(i - 1));
      Point to = point(steps.getDataItem(i));
      double width = labels.across(to) - labels.across(from);
      double height = labels.upwards(to) - labels.upwards(from);
      labels.take(labels.across(from), labels.upwards(from), width, 0, 1);
      labels.take(
          labels.across(to),
          Math.min(labels.upwards(from), labels.upwards(to)),
          0,
          Math.abs(height),
          1);
    }
    points.stream().filter(point -> !point.name().isEmpty()).forEach(labels::place);
  }

  private static Point point(XYDataItem item) {
    return new Point("", item.getXValue(), item.getYValue());
  }

  private void take(double x, double y, double width, double height, double around) {
    taken.add(
        new Rectangle2D.Double(x - around, y - around, width + 2 * around, height + 2 * around));
  }

  private void place(Point point) {
    String text = Escape.line(point.name());
    double width = LETTER * text.length();
    for (Side side : SIDES) {
      Rectangle2D box =
          new Rectangle2D.Double(
              across(point) + side.widths * width + side.across,
              upwards(point) + side.heights * LINE + side.upwards,
              width,
              LINE);
      if (new Rectangle2D.Double(0, 0, WIDTH, HEIGHT).contains(box)
          && taken.stream().noneMatch(box::intersects)) {
        taken.add(box);
        plot.addAnnotation(annotation(point, text, side));
        return;
      }
    }
  }

  private XYTextAnnotation annotation(Point point, String text, Side side) {
    double x = value(plot.getDomainAxis(), (across(point) + side.across) / WIDTH);
    double y = value(plot.getRangeAxis(), (upwards(point) + side.upwards) / HEIGHT);
    XYTextAnnotation annotation = new XYTextAnnotation(text, x, y);
    annotation.setTextAnchor(side.anchor);
    annotation.setFont(ChartStyle.PANEL);
    annotation.setPaint(ChartStyle.INK);
    return annotation;
  }

  private double across(Point point) {
    return WIDTH * AxisRange.share(plot.getDomainAxis(), point.x());
  }

  private double upwards(Point point) {
    return HEIGHT * AxisRange.share(plot.getRangeAxis(), point.y());
  }

  private static double value(ValueAxis axis, double share) {
    double low = AxisRange.scaled(axis, axis.getLowerBound());
    double scaled = low + share * (AxisRange.scaled(axis, axis.getUpperBound()) - low);
    return axis instanceof LogAxis ? Math.exp(scaled) : scaled;
  }
}
