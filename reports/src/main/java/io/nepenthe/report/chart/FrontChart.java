package io.nepenthe.report.chart;

import io.nepenthe.report.draw.AxisRange;
import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.draw.DirectLabels;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.draw.Legend;
import io.nepenthe.report.draw.MarkersApart;
import io.nepenthe.report.draw.PanelPlot;
import io.nepenthe.report.view.Front;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodLook;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.report.view.Sentences;
import io.nepenthe.report.view.TradeoffPoint;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.wording.Words;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Point2D;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * The Pareto front of memorization and utility above what each method's time leaves memorized.
 * Methods on the front are filled, dominated ones hollow.
 */
public final class FrontChart {
  private static final int PANEL_HEIGHT = 290;
  private static final int FEWEST = 3;

  /** One ruined model must not press the front into a line. */
  private static final double WIDE = 4;

  /** Of the axis, for names above the front. */
  private static final double ROOM = 0.09;

  private static final int FAINT = 110;

  private final ReportModel report;
  private final String task;
  private final Measure utility;
  private final Optional<TradeoffPoint> original;
  private final List<TradeoffPoint> candidates;
  private final List<TradeoffPoint> front;

  private FrontChart(ReportModel report, String task) {
    this.report = report;
    this.task = task;
    utility = report.utility(task);
    List<TradeoffPoint> all = TradeoffPoint.all(report, task);
    original = all.stream().filter(point -> point.method().isOriginal()).findFirst();
    candidates = Front.candidates(all);
    front = Front.of(candidates, utility);
  }

  /** Returns the drawn chart, nothing for fewer than three methods. */
  public static Optional<Figure> of(ReportModel report, String task) {
    FrontChart chart = new FrontChart(report, task);
    return chart.candidates.size() < FEWEST ? Optional.empty() : Optional.of(chart.figure());
  }

  private Figure figure() {
    LegendItemCollection legend = new LegendItemCollection();
    original.ifPresent(
        point ->
            legend.add(
                Legend.marker(
                    point.method().label(),
                    point.method().look().marker(),
                    point.method().look().color())));
    for (TradeoffPoint point : candidates) {
      MethodLook look = point.method().look();
      String label = point.method().label();
      legend.add(
          front.contains(point)
              ? Legend.marker(label, look.marker(), look.color())
              : Legend.hollow(label, look.marker(), look.color()));
    }
    XYPlot utilities = utilities();
    PanelPlot.Panel times = new PanelPlot.Panel("", null, times());
    PanelPlot.Panel whole = new PanelPlot.Panel("", null, utilities);
    boolean timed = !timed().isEmpty();
    PanelPlot panels = PanelPlot.stacked(timed ? List.of(whole, times) : List.of(whole), legend);
    int entries = legend.getItemCount();
    return Figure.of(
        Section.TRADEOFF,
        "tradeoff-front-" + report.slug(task),
        caption(timed),
        "Pareto front of memorization and " + TradeoffChart.utilityName(utility) + " on " + task,
        ChartStyle.explained(
            ChartStyle.chart(task + ", Pareto front", panels, entries),
            "Markers: means over seeds. Bars: smallest to largest seed."),
        ChartStyle.height(panels.rows(), PANEL_HEIGHT, entries));
  }

  private XYPlot utilities() {
    double[] memorized = ends(TradeoffPoint::memorized);
    double[] useful = ends(TradeoffPoint::utility);
    ValueAxis x = ChartStyle.axis(report.memorizedAxis(task), AxisRange.percentFromZero(memorized));
    ValueAxis y =
        utility == Measure.PERPLEXITY && AxisRange.spans(WIDE, useful)
            ? ChartStyle.shortLogAxis("Perplexity (lower is better)", AxisRange.logarithmic(useful))
            : TradeoffChart.utilityAxis(utility, useful);
    if (y instanceof NumberAxis) {
      y.setUpperBound(y.getUpperBound() + ROOM * y.getRange().getLength());
    }
    XYPlot plot = plot(x, y, TradeoffPoint::memorized, TradeoffPoint::utility);
    candidates.forEach(point -> addBars(plot, point));
    plot.setDataset(1, new XYSeriesCollection(steps(front)));
    XYStepRenderer renderer = new XYStepRenderer();
    renderer.setSeriesPaint(0, new Color(0x888888));
    renderer.setSeriesStroke(0, new BasicStroke(1.4f));
    plot.setRenderer(1, renderer);
    original.ifPresent(point -> addOriginal(plot, point));
    DirectLabels.add(
        plot,
        Stream.concat(original.stream(), candidates.stream()).map(this::label).toList(),
        steps(front));
    return plot;
  }

  /** Names what is on the front; the rest is left to the legend. */
  private DirectLabels.Point label(TradeoffPoint point) {
    return new DirectLabels.Point(
        front.contains(point) ? point.method().label() : "",
        point.memorized().mean(),
        point.utility().mean());
  }

  /** Returns the line of the front: what can be had of utility for at most that memorization. */
  static XYSeries steps(List<TradeoffPoint> front) {
    XYSeries line = new XYSeries("front");
    front.forEach(point -> line.add(point.memorized().mean(), point.utility().mean()));
    return line;
  }

  /** Shows how far seeds lie apart, behind the markers. */
  private static void addBars(XYPlot plot, TradeoffPoint point) {
    Statistic x = point.memorized();
    Statistic y = point.utility();
    Color colour = point.method().look().color();
    Color faint = new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), FAINT);
    BasicStroke thin = new BasicStroke(1);
    XYItemRenderer renderer = plot.getRenderer();
    renderer.addAnnotation(
        new XYLineAnnotation(x.min(), y.mean(), x.max(), y.mean(), thin, faint), Layer.BACKGROUND);
    renderer.addAnnotation(
        new XYLineAnnotation(x.mean(), y.min(), x.mean(), y.max(), thin, faint), Layer.BACKGROUND);
  }

  private void addOriginal(XYPlot plot, TradeoffPoint point) {
    XYSeries series = new XYSeries("original");
    series.add(point.memorized().mean(), point.utility().mean());
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    renderer.setSeriesPaint(0, point.method().look().color());
    renderer.setSeriesShape(0, point.method().look().marker());
    plot.setDataset(2, new XYSeriesCollection(series));
    plot.setRenderer(2, renderer);
  }

  private XYPlot times() {
    double[] seconds = timed().stream().mapToDouble(this::seconds).toArray();
    double[] memorized = candidates.stream().mapToDouble(each -> each.memorized().mean()).toArray();
    return plot(
        ChartStyle.logAxis("Time (s)", AxisRange.logarithmic(seconds)),
        ChartStyle.axis(report.memorizedAxis(task), AxisRange.percentFromZero(memorized)),
        this::time,
        TradeoffPoint::memorized);
  }

  private List<TradeoffPoint> timed() {
    return candidates.stream().filter(point -> Double.isFinite(seconds(point))).toList();
  }

  /** Returns the mean time, not a number where there is none above zero. */
  private double seconds(TradeoffPoint point) {
    return time(point).mean();
  }

  private Statistic time(TradeoffPoint point) {
    return report
        .row(task, point.method())
        .flatMap(Measure.SECONDS::of)
        .filter(seconds -> seconds.mean() > 0)
        .orElse(new Statistic(Double.NaN, Double.NaN, Double.NaN));
  }

  private XYPlot plot(
      ValueAxis xAxis,
      ValueAxis yAxis,
      Function<TradeoffPoint, Statistic> x,
      Function<TradeoffPoint, Statistic> y) {
    XYSeriesCollection dataset = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    renderer.setUseFillPaint(true);
    renderer.setUseOutlinePaint(true);
    renderer.setDrawOutlines(true);
    List<Shape> markers =
        MarkersApart.of(
            candidates.stream().map(point -> point.method().look().marker()).toList(),
            candidates.stream()
                .<Point2D>map(
                    point -> new Point2D.Double(x.apply(point).mean(), y.apply(point).mean()))
                .toList(),
            xAxis,
            yAxis);
    for (int i = 0; i < candidates.size(); i++) {
      TradeoffPoint point = candidates.get(i);
      XYSeries series = new XYSeries(point.method().id());
      if (Double.isFinite(x.apply(point).mean())) {
        series.add(x.apply(point).mean(), y.apply(point).mean());
      }
      dataset.addSeries(series);
      MethodLook look = point.method().look();
      renderer.setSeriesShape(i, markers.get(i));
      renderer.setSeriesPaint(i, look.color());
      renderer.setSeriesOutlinePaint(i, look.color());
      renderer.setSeriesOutlineStroke(i, new BasicStroke(1.2f));
      renderer.setSeriesFillPaint(i, front.contains(point) ? look.color() : Color.WHITE);
    }
    return new XYPlot(dataset, xAxis, yAxis, renderer);
  }

  private double[] ends(Function<TradeoffPoint, Statistic> part) {
    return Stream.concat(candidates.stream(), original.stream())
        .map(part)
        .flatMapToDouble(each -> DoubleStream.of(each.min(), each.max()))
        .toArray();
  }

  private String caption(boolean timed) {
    int seeds =
        candidates.stream()
            .flatMap(point -> report.row(task, point.method()).stream())
            .mapToInt(row -> row.seeds().size())
            .max()
            .orElse(0);
    List<String> untimed =
        candidates.stream()
            .filter(point -> !Double.isFinite(seconds(point)))
            .map(point -> point.method().label())
            .toList();
    return task
        + ": the Pareto front of memorization and "
        + TradeoffChart.utilityName(utility)
        + ", means over up to "
        + Words.count(seeds, "seed")
        + ". Filled markers are on the front"
        + " (the line: what can be had at no more memorization), hollow ones are dominated: another"
        + " method is no worse in both and better in one. Means alone decide that; bars run from the"
        + " smallest to the largest seed. "
        + MarkersApart.NOTE
        + " Controls take no part."
        + (timed ? " Below, the time that each method took." : "")
        + (timed ? Sentences.naming("Without a time above zero:", untimed) : "");
  }
}
