package io.nepenthe.report.chart;

import io.nepenthe.report.draw.AxisRange;
import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.draw.MarkersApart;
import io.nepenthe.report.view.AgainstControls;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodLook;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.report.view.TradeoffPoint;
import io.nepenthe.statistics.Statistic;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Point2D;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * One task's memorization against its utility: a marker per method at the means over seeds, with
 * bars from smallest to largest. Where the good methods crowd, a second chart shows them larger.
 */
final class TradeoffChart {
  private final ReportModel report;
  private final String task;
  private final List<TradeoffPoint> all;

  private TradeoffChart(ReportModel report, String task) {
    this.report = report;
    this.task = task;
    all = TradeoffPoint.all(report, task);
  }

  /** Returns the drawn charts, none if no method can be placed. */
  static List<Figure> of(ReportModel report, String task) {
    return new TradeoffChart(report, task).figures();
  }

  /** Returns a chart's data: one series of one item for each point. */
  static XYIntervalSeriesCollection dataset(List<TradeoffPoint> points) {
    XYIntervalSeriesCollection dataset = new XYIntervalSeriesCollection();
    for (TradeoffPoint point : points) {
      XYIntervalSeries series =
          new XYIntervalSeries(ChartStyle.legendLabel(point.method().label()));
      Statistic x = point.memorized();
      Statistic y = point.utility();
      series.add(x.mean(), x.min(), x.max(), y.mean(), y.min(), y.max());
      dataset.addSeries(series);
    }
    return dataset;
  }

  static String utilityName(Measure measure) {
    return measure == Measure.ACCURACY ? "accuracy" : "perplexity";
  }

  private List<Figure> figures() {
    if (all.isEmpty()) {
      return List.of();
    }
    String id = "tradeoff-" + report.slug(task);
    Figure whole = draw(all, id, caption(), task);
    List<TradeoffPoint> crowd = TradeoffPoint.crowd(all, utility());
    return crowd.isEmpty()
        ? List.of(whole)
        : List.of(whole, draw(crowd, id + "-detail", detail(), task + ", detail"));
  }

  private Measure utility() {
    return report.utility(task);
  }

  private Figure draw(List<TradeoffPoint> points, String id, String caption, String title) {
    Optional<TradeoffPoint> original =
        all.stream().filter(point -> point.method().isOriginal()).findFirst();
    ValueAxis x = xAxis(points);
    ValueAxis y = yAxis(points, original);
    XYPlot plot = new XYPlot(dataset(points), x, y, renderer(points, x, y));
    original.ifPresent(point -> mark(plot, point));
    String label = "Memorization against %s on %s, one marker per method";
    return Figure.of(
        Section.TRADEOFF,
        id,
        caption,
        label.formatted(utilityName(utility()), title),
        ChartStyle.explained(
            ChartStyle.chart(title, plot, points.size()),
            "Markers: means over seeds. Bars: smallest to largest seed."),
        ChartStyle.height(points.size()));
  }

  private String caption() {
    Set<MethodView> shown = all.stream().map(TradeoffPoint::method).collect(Collectors.toSet());
    String absent =
        report.methods().stream()
            .filter(method -> !shown.contains(method))
            .map(MethodView::label)
            .collect(Collectors.joining(", "));
    return task
        + (report.weighsCopies(task)
            ? ": share of artifacts still reproduced, each weighing as often as the training set"
                + " holds it, against "
            : ": share of artifacts still reproduced against ")
        + utilityName(utility())
        + ". Best is at the left and "
        + (utility() == Measure.ACCURACY ? "high" : "low")
        + "; the star and the dashed line are the original model. Bars run from the smallest to the"
        + " largest seed. "
        + MarkersApart.NOTE
        + AgainstControls.of(report, task)
        + (absent.isEmpty() ? "" : " Not shown, for want of a value: " + absent + ".");
  }

  private String detail() {
    return task
        + ", the best corner of the same chart: methods that leave little memorized and keep "
        + (utility() == Measure.ACCURACY
            ? "accuracy within 10 points of the original model’s."
            : "perplexity below one and a half times the original model’s.");
  }

  private ValueAxis xAxis(List<TradeoffPoint> points) {
    double[] ends = ends(points.stream().map(TradeoffPoint::memorized));
    return ChartStyle.axis(report.memorizedAxis(task), AxisRange.percentFromZero(ends));
  }

  private ValueAxis yAxis(List<TradeoffPoint> points, Optional<TradeoffPoint> original) {
    double[] ends =
        ends(Stream.concat(points.stream(), original.stream()).map(TradeoffPoint::utility));
    return utilityAxis(utility(), ends);
  }

  /** Returns an axis on which all these accuracies or perplexities have room. */
  static ValueAxis utilityAxis(Measure utility, double... values) {
    if (utility == Measure.ACCURACY) {
      return ChartStyle.axis("Accuracy (%)", AxisRange.percent(values));
    }
    String label = "Perplexity (lower is better)";
    return AxisRange.isWide(values)
        ? ChartStyle.logAxis(label, AxisRange.logarithmic(values))
        : ChartStyle.axis(label, AxisRange.linear(values));
  }

  private static double[] ends(Stream<Statistic> statistics) {
    return statistics.flatMapToDouble(each -> DoubleStream.of(each.min(), each.max())).toArray();
  }

  private static XYErrorRenderer renderer(
      List<TradeoffPoint> points, ValueAxis xAxis, ValueAxis yAxis) {
    List<Shape> markers =
        MarkersApart.of(
            points.stream().map(point -> point.method().look().marker()).toList(),
            points.stream()
                .<Point2D>map(
                    each -> new Point2D.Double(each.memorized().mean(), each.utility().mean()))
                .toList(),
            xAxis,
            yAxis);
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setErrorStroke(new BasicStroke(1.4f));
    renderer.setCapLength(0);
    renderer.setUseOutlinePaint(true);
    renderer.setDrawOutlines(true);
    renderer.setDefaultOutlinePaint(Color.WHITE);
    renderer.setDefaultOutlineStroke(new BasicStroke(0.7f));
    renderer.setAutoPopulateSeriesOutlinePaint(false);
    renderer.setAutoPopulateSeriesOutlineStroke(false);
    for (int i = 0; i < points.size(); i++) {
      MethodLook look = points.get(i).method().look();
      renderer.setSeriesPaint(i, look.color());
      renderer.setSeriesFillPaint(i, look.color());
      renderer.setSeriesShape(i, markers.get(i));
      renderer.setLegendShape(i, look.marker());
    }
    return renderer;
  }

  private static void mark(XYPlot plot, TradeoffPoint original) {
    plot.addRangeMarker(ChartStyle.baseline(original.utility().mean()), Layer.BACKGROUND);
  }
}
