package io.nepenthe.report.draw;

import io.nepenthe.report.text.Escape;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.GridArrangement;
import org.jfree.chart.block.LineBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;

/** What all charts share: fonts, greys, axes and the legend in two columns below the plot. */
public final class ChartStyle {
  public static final int WIDTH = 480;
  private static final int PLOT_HEIGHT = 380;
  private static final int LEGEND_LINE_HEIGHT = 20;
  private static final int LABEL_LINE_HEIGHT = 16;
  private static final int LEGEND_COLUMNS = 2;
  private static final int LABEL_LENGTH = 30;

  public static final Color INK = new Color(0x333333);
  private static final Color GRID = new Color(0xE2E2E2);
  public static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  public static final Font PANEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
  private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 14);

  private ChartStyle() {}

  /** Returns the chart of a plot whose legend has that many entries. */
  public static JFreeChart chart(String title, XYPlot plot, int entries) {
    return frame(title, dress(plot), entries);
  }

  /** Returns the chart of panels whose legend has that many entries, none if it has none. */
  public static JFreeChart chart(String title, PanelPlot panels, int entries) {
    for (PanelPlot.Panel panel : panels.panels()) {
      dress(panel.plot()).setOutlinePaint(GRID);
      panel.plot().setOutlineVisible(panels.isShared());
    }
    panels.setBackgroundPaint(Color.WHITE);
    return frame(title, panels, entries);
  }

  /** Says below a chart's title what its bars or bands are, so that its file explains itself. */
  public static JFreeChart explained(JFreeChart chart, String text) {
    TextTitle explanation = new TextTitle(text, PANEL);
    explanation.setPaint(INK);
    explanation.setPadding(new RectangleInsets(1, 0, 4, 0));
    chart.addSubtitle(0, explanation);
    return chart;
  }

  /** Returns the dashed line of what the original model has. */
  public static ValueMarker baseline(double value) {
    float[] dashes = {4, 4};
    return new ValueMarker(
        value,
        new Color(0x888888),
        new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
  }

  private static XYPlot dress(XYPlot plot) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    return plot;
  }

  private static JFreeChart frame(String title, Plot plot, int entries) {
    JFreeChart chart = new JFreeChart(null, null, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(10, 6, 6, 14));
    TextTitle heading = new TextTitle(shorten(title, 60), BOLD);
    heading.setPaint(INK);
    chart.setTitle(heading);
    if (entries > 0) {
      chart.addLegend(legend(plot, entries));
    }
    return chart;
  }

  private static LegendTitle legend(Plot plot, int entries) {
    int lines = lines(entries);
    LegendTitle legend =
        new LegendTitle(
            plot,
            new GridArrangement(lines, LEGEND_COLUMNS),
            new GridArrangement(lines, LEGEND_COLUMNS));
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setFrame(new LineBorder(Color.WHITE, new BasicStroke(0), RectangleInsets.ZERO_INSETS));
    legend.setMargin(new RectangleInsets(4, 0, 0, 0));
    legend.setItemFont(TEXT);
    legend.setItemPaint(INK);
    legend.setItemLabelPadding(new RectangleInsets(2, 4, 2, 14));
    legend.setBackgroundPaint(Color.WHITE);
    return legend;
  }

  /** Returns a height at which the legend leaves every plot the same room. */
  public static int height(int entries) {
    return PLOT_HEIGHT + lines(entries) * LEGEND_LINE_HEIGHT;
  }

  /** Returns a height for rows of panels of that height each, and the legend. */
  public static int height(int rows, int rowHeight, int entries) {
    return 70 + rows * rowHeight + (entries == 0 ? 0 : lines(entries) * LEGEND_LINE_HEIGHT + 4);
  }

  private static int lines(int entries) {
    return Math.max(1, (entries + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS);
  }

  /** Returns a label as a legend prints it: whole, in lines that fit beside another one. */
  public static String legendLabel(String label) {
    StringBuilder lines = new StringBuilder();
    int room = LABEL_LENGTH;
    for (String word : Escape.line(label).split(" ", -1)) {
      if (!lines.isEmpty()) {
        boolean fits = word.length() < room;
        lines.append(fits ? ' ' : '\n');
        room = fits ? room - 1 : LABEL_LENGTH;
      }
      String rest = word;
      while (rest.length() > room) {
        lines.append(rest, 0, room).append('\n');
        rest = rest.substring(room);
        room = LABEL_LENGTH;
      }
      lines.append(rest);
      room -= rest.length();
    }
    return lines.toString();
  }

  /** Returns the height that a chart's legend needs beyond that of labels of one line. */
  static int furtherLegendHeight(JFreeChart chart) {
    if (chart.getLegend() == null) {
      return 0;
    }
    List<String> labels =
        Arrays.stream(chart.getLegend().getSources())
            .flatMap(source -> items(source.getLegendItems()))
            .map(LegendItem::getLabel)
            .toList();
    int longest = labels.stream().mapToInt(label -> (int) label.lines().count()).max().orElse(1);
    return lines(labels.size()) * (longest - 1) * LABEL_LINE_HEIGHT;
  }

  private static Stream<LegendItem> items(LegendItemCollection collection) {
    return IntStream.range(0, collection.getItemCount()).mapToObj(collection::get);
  }

  public static String shorten(String text, int length) {
    String line = Escape.line(text);
    return line.length() <= length ? line : line.substring(0, length - 1).strip() + "…";
  }

  public static NumberAxis axis(String label, Range range) {
    NumberAxis axis = new NumberAxis(label);
    axis.setAutoRangeIncludesZero(false);
    axis.setRange(range);
    dress(axis);
    return axis;
  }

  public static LogAxis logAxis(String label, Range range) {
    LogAxis axis = new LogAxis(label + ", logarithmic");
    axis.setRange(range);
    double decades = Math.log10(range.getUpperBound() / range.getLowerBound());
    boolean small = range.getLowerBound() < 0.2; // powers of two would be long
    axis.setBase(decades < 3 && !(small && decades > 1.3) ? 2 : 10);
    axis.setTickUnit(new NumberTickUnit(Math.max(1, Math.floor(decades / 6))));
    String pattern =
        range.getUpperBound() >= 1e6 ? "0E0" : range.getLowerBound() < 1 ? "#,##0.####" : "#,##0";
    axis.setNumberFormatOverride(
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)));
    dress(axis);
    return axis;
  }

  /** Returns a logarithmic axis whose name has room beside a low panel. */
  public static LogAxis shortLogAxis(String label, Range range) {
    LogAxis axis = logAxis(label, range);
    axis.setLabel(label + ", log");
    return axis;
  }

  /** Returns an axis for a panel that shares it: small numbers, no name. */
  public static <A extends ValueAxis> A unnamed(A axis) {
    axis.setLabel(null);
    axis.setTickLabelFont(SMALL);
    return axis;
  }

  static AxisSpace space(double left, double bottom) {
    AxisSpace space = new AxisSpace();
    space.setLeft(left);
    space.setBottom(bottom);
    return space;
  }

  public static <A extends ValueAxis> A dressed(A axis) {
    dress(axis);
    return axis;
  }

  private static void dress(ValueAxis axis) {
    axis.setLabelFont(TEXT);
    axis.setTickLabelFont(TEXT);
    axis.setLabelPaint(INK);
    axis.setTickLabelPaint(INK);
    axis.setAxisLinePaint(INK);
    axis.setTickMarkPaint(INK);
  }
}
