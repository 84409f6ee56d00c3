package io.nepenthe.report.draw;

import io.nepenthe.report.view.MethodLook;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.PlotState;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jspecify.annotations.Nullable;

/**
 * Several plots as one, row by row, under one title and above one legend. Panels that share their
 * axes show them only at the left and at the bottom, and name them once.
 */
public final class PanelPlot extends Plot {
  private static final long serialVersionUID = 1;
  private static final double HEADING = 20;
  private static final double NO_HEADING = 8;
  private static final double GAP = 8;
  private static final double STACKED_LEFT = 62;
  private static final double SHARED_LEFT = 58;
  private static final double SHARED_BOTTOM = 40;
  private static final double TICKS = 34;

  private final transient List<Panel> panels;
  private final int columns;
  private final @Nullable String xName;
  private final transient List<String> yNames;
  private final transient LegendItemCollection legend;

  /**
   * One of the plots.
   *
   * @param heading above it
   * @param look of the method it is about, drawn before the heading; null if it is about more
   * @param plot with its axes
   */
  public record Panel(String heading, @Nullable MethodLook look, XYPlot plot) {}

  private PanelPlot(
      List<Panel> panels,
      int columns,
      @Nullable String xName,
      List<String> yNames,
      LegendItemCollection legend) {
    this.panels = List.copyOf(panels);
    this.columns = columns;
    this.xName = xName;
    this.yNames = List.copyOf(yNames);
    this.legend = legend;
    setInsets(RectangleInsets.ZERO_INSETS);
    setOutlineVisible(false);
    panels.forEach(panel -> panel.plot().setInsets(RectangleInsets.ZERO_INSETS));
  }

  /** Returns panels one below the other, each with axes of its own. */
  public static PanelPlot stacked(List<Panel> panels, LegendItemCollection legend) {
    panels.forEach(panel -> panel.plot().setFixedRangeAxisSpace(ChartStyle.space(STACKED_LEFT, 0)));
    return new PanelPlot(panels, 1, null, List.of(), legend);
  }

  /** Returns panels in a grid, whose axes have equal ranges and no names. */
  public static PanelPlot sharing(
      String xName, String yName, List<Panel> panels, int columns, LegendItemCollection legend) {
    return sharing(xName, List.of(yName), panels, columns, legend);
  }

  /**
   * Returns panels in a grid, whose rows share their axes upwards and whose columns those across.
   *
   * @param yNames of the axes of each row; a single one names those of all rows
   */
  public static PanelPlot sharing(
      String xName,
      List<String> yNames,
      List<Panel> panels,
      int columns,
      LegendItemCollection legend) {
    PanelPlot grid = new PanelPlot(panels, columns, xName, yNames, legend);
    for (int i = 0; i < panels.size(); i++) {
      XYPlot plot = panels.get(i).plot();
      plot.getRangeAxis().setVisible(i % columns == 0);
      plot.getDomainAxis().setVisible(i + columns >= panels.size());
    }
    return grid;
  }

  /** Returns true if panels show their axes at the left and at the bottom only. */
  boolean isShared() {
    return xName != null;
  }

  /** Returns how many rows the panels fill. */
  public int rows() {
    return (panels.size() + columns - 1) / columns;
  }

  /** Returns the panels, row by row. */
  List<Panel> panels() {
    return panels;
  }

  /** Returns the plots, row by row. */
  public List<XYPlot> plots() {
    return panels.stream().map(Panel::plot).toList();
  }

  @Override
  public LegendItemCollection getLegendItems() {
    return legend;
  }

  @Override
  public String getPlotType() {
    return "Panels";
  }

  @Override
  public void draw(
      Graphics2D graphics,
      Rectangle2D area,
      @Nullable Point2D anchor,
      @Nullable PlotState parentState,
      @Nullable PlotRenderingInfo info) {
    boolean shared = isShared();
    double left = shared ? SHARED_LEFT : 0;
    double bottom = shared ? SHARED_BOTTOM : 0;
    double width = (area.getWidth() - left - GAP * (columns - 1)) / columns;
    double height = (area.getHeight() - bottom) / rows();
    for (int i = 0; i < panels.size(); i++) {
      double x = area.getX() + left + i % columns * (width + GAP);
      double y = area.getY() + Math.floorDiv(i, columns) * height;
      double heading = panels.get(i).heading().isEmpty() ? NO_HEADING : HEADING;
      Rectangle2D cell =
          new Rectangle2D.Double(x, y + heading, width, height - heading - (shared ? 6 : 0));
      drawHeading(graphics, panels.get(i), x, y + heading / 2);
      panels.get(i).plot().draw(graphics, shared ? withAxes(cell, i) : cell, null, null, null);
    }
    if (shared) {
      drawNames(graphics, area);
    }
  }

  private Rectangle2D withAxes(Rectangle2D cell, int i) {
    double left = i % columns == 0 ? TICKS : 0;
    double bottom = i + columns >= panels.size() ? 20 : 0;
    XYPlot plot = panels.get(i).plot();
    plot.setFixedRangeAxisSpace(ChartStyle.space(left, 0));
    plot.setFixedDomainAxisSpace(ChartStyle.space(0, bottom));
    return new Rectangle2D.Double(
        cell.getX() - left, cell.getY(), cell.getWidth() + left, cell.getHeight() + bottom);
  }

  private static void drawHeading(Graphics2D graphics, Panel panel, double x, double y) {
    double start = x;
    if (panel.look() != null) {
      Shape mark =
          AffineTransform.getTranslateInstance(x + 6, y)
              .createTransformedShape(panel.look().marker());
      graphics.setPaint(panel.look().color());
      graphics.fill(mark);
      start += 16;
    }
    graphics.setFont(ChartStyle.PANEL);
    graphics.setPaint(ChartStyle.INK);
    TextUtils.drawAlignedString(
        panel.heading(), graphics, (float) start, (float) y, TextAnchor.CENTER_LEFT);
  }

  private void drawNames(Graphics2D graphics, Rectangle2D area) {
    graphics.setFont(ChartStyle.TEXT);
    graphics.setPaint(ChartStyle.INK);
    float middle = (float) (area.getCenterX() + SHARED_LEFT / 2);
    TextUtils.drawAlignedString(
        xName, graphics, middle, (float) area.getMaxY() - 2, TextAnchor.BOTTOM_CENTER);
    double height = (area.getHeight() - SHARED_BOTTOM) / yNames.size();
    for (int i = 0; i < yNames.size(); i++) {
      TextUtils.drawRotatedString(
          yNames.get(i),
          graphics,
          (float) area.getX() + 9,
          (float) (area.getY() + (i + 0.5) * height),
          TextAnchor.CENTER,
          -Math.PI / 2,
          TextAnchor.CENTER);
    }
  }
}
