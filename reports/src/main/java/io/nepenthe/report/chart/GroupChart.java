package io.nepenthe.report.chart;

import io.nepenthe.plugin.EditedPart;
import io.nepenthe.report.draw.AxisRange;
import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.draw.Legend;
import io.nepenthe.report.draw.PanelPlot;
import io.nepenthe.report.draw.UtilityChangeAxis;
import io.nepenthe.report.view.Effect;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodLook;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Quartiles;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.wording.Words;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYBoxAnnotation;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * The paper's Figure 2: what methods that edit neurons and methods that edit weights leave
 * memorized, and what they do to utility. A box per group, a marker per method and seed.
 */
final class GroupChart {
  private static final double HALF_BOX = 0.36;
  private static final double HALF_CAP = 0.12;

  /** Quartiles of fewer values are made of neighbours. */
  private static final int ENOUGH = 5;

  private static final int PANEL_HEIGHT = 250;

  private final String task;
  private final Measure utility;
  private final String id;
  private final String memorizedAxis;

  /** What the original models memorize, mean over seeds; not a number if that is not known. */
  private final double before;

  /** Effects of each method's chosen trials, in the tables' order. */
  private final Map<EditedPart, Map<MethodView, List<Effect>>> groups = new LinkedHashMap<>();

  private GroupChart(ReportModel report, String task) {
    this.task = task;
    utility = report.utility(task);
    id = "tradeoff-groups-" + report.slug(task);
    memorizedAxis = report.memorizedAxis(task);
    before =
        report.methods().stream()
            .filter(MethodView::isOriginal)
            .flatMap(original -> report.row(task, original).stream())
            .flatMap(row -> Measure.MEMORIZED.of(row).stream())
            .mapToDouble(Statistic::mean)
            .findFirst()
            .orElse(Double.NaN);
    for (EditedPart part : List.of(EditedPart.NEURONS, EditedPart.WEIGHTS)) {
      Map<MethodView, List<Effect>> ofPart = new LinkedHashMap<>();
      for (MethodView method : report.methods()) {
        if (method.edits() == part) {
          List<Effect> effects = Effect.ofWinners(report, task, method);
          if (!effects.isEmpty()) {
            ofPart.put(method, effects);
          }
        }
      }
      groups.put(part, ofPart);
    }
  }

  /** Returns the drawn chart, nothing unless both groups have a method with a chosen trial. */
  static Optional<Figure> of(ReportModel report, String task) {
    GroupChart chart = new GroupChart(report, task);
    return chart.groups.values().stream().anyMatch(Map::isEmpty)
        ? Optional.empty()
        : Optional.of(chart.figure());
  }

  /** Returns the numbers in a group's box. */
  static double[] values(Map<MethodView, List<Effect>> group, ToDoubleFunction<Effect> value) {
    return group.values().stream().flatMap(List::stream).mapToDouble(value).toArray();
  }

  static Map<EditedPart, Map<MethodView, List<Effect>>> groups(ReportModel report, String task) {
    return new GroupChart(report, task).groups;
  }

  private static String title(EditedPart part) {
    return part == EditedPart.NEURONS ? "Neuron methods" : "Weight methods";
  }

  private Figure figure() {
    LegendItemCollection legend = new LegendItemCollection();
    groups.values().stream()
        .flatMap(group -> group.keySet().stream())
        .forEach(
            each ->
                legend.add(Legend.marker(each.label(), each.look().marker(), each.look().color())));
    double[] memorized =
        DoubleStream.concat(
                DoubleStream.of(before), DoubleStream.of(values(Effect::memorizedAfter)))
            .toArray();
    double[] changes = values(effect -> effect.utilityChange(utility));
    PanelPlot panels =
        PanelPlot.stacked(
            List.of(
                panel(
                    Effect::memorizedAfter,
                    before,
                    ChartStyle.axis(memorizedAxis, AxisRange.percentFromZero(memorized))),
                panel(
                    effect -> effect.utilityChange(utility),
                    utility == Measure.ACCURACY ? 0 : 1,
                    UtilityChangeAxis.of(utility, changes))),
            legend);
    int entries = legend.getItemCount();
    return Figure.of(
        Section.TRADEOFF,
        id,
        caption(),
        "Box plots of memorization and "
            + TradeoffChart.utilityName(utility)
            + " after methods"
            + " that edit neurons and methods that edit weights, on "
            + task,
        ChartStyle.explained(
            ChartStyle.chart(task + ", by what is edited", panels, entries),
            "A marker: one seed. Thick line: median. Dashed: original model."),
        ChartStyle.height(2, PANEL_HEIGHT, entries));
  }

  private double[] values(ToDoubleFunction<Effect> value) {
    return groups.values().stream()
        .flatMap(group -> Arrays.stream(values(group, value)).boxed())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private PanelPlot.Panel panel(ToDoubleFunction<Effect> value, double baseline, ValueAxis axis) {
    XYSeriesCollection points = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    XYPlot plot = new XYPlot(points, groupAxis(), axis, renderer);
    int group = 0;
    for (Map<MethodView, List<Effect>> methods : groups.values()) {
      double[] values = values(methods, value);
      box(renderer, group, Quartiles.of(values), values.length >= ENOUGH);
      int slot = 0;
      for (Map.Entry<MethodView, List<Effect>> method : methods.entrySet()) {
        double x = group + 2 * HALF_BOX * ((slot++ + 0.5) / methods.size() - 0.5);
        XYSeries series = new XYSeries(method.getKey().id());
        method.getValue().forEach(effect -> series.add(x, value.applyAsDouble(effect)));
        dress(renderer, points.getSeriesCount(), method.getKey().look());
        points.addSeries(series);
      }
      group++;
    }
    plot.setDomainGridlinesVisible(false);
    if (Double.isFinite(baseline)) {
      plot.addRangeMarker(ChartStyle.baseline(baseline), Layer.BACKGROUND);
    }
    return new PanelPlot.Panel("", null, plot);
  }

  private static void dress(XYLineAndShapeRenderer renderer, int series, MethodLook look) {
    renderer.setSeriesPaint(series, look.color());
    renderer.setSeriesShape(series, look.marker());
    renderer.setUseOutlinePaint(true);
    renderer.setSeriesOutlinePaint(series, Color.WHITE);
    renderer.setSeriesOutlineStroke(series, new BasicStroke(0.7f));
  }

  private static void box(
      XYLineAndShapeRenderer renderer, double x, Quartiles box, boolean isWhole) {
    BasicStroke stroke = new BasicStroke(1.2f);
    Color ink = ChartStyle.INK;
    List<XYLineAnnotation> lines = new ArrayList<>();
    if (isWhole) {
      lines.add(new XYLineAnnotation(x, box.min(), x, box.lower(), stroke, ink));
      lines.add(new XYLineAnnotation(x, box.upper(), x, box.max(), stroke, ink));
      lines.add(
          new XYLineAnnotation(x - HALF_CAP, box.min(), x + HALF_CAP, box.min(), stroke, ink));
      lines.add(
          new XYLineAnnotation(x - HALF_CAP, box.max(), x + HALF_CAP, box.max(), stroke, ink));
      renderer.addAnnotation(
          new XYBoxAnnotation(
              x - HALF_BOX,
              box.lower(),
              x + HALF_BOX,
              box.upper(),
              stroke,
              ink,
              new Color(0xEDEDED)),
          Layer.BACKGROUND);
    }
    lines.add(
        new XYLineAnnotation(
            x - HALF_BOX, box.median(), x + HALF_BOX, box.median(), new BasicStroke(2.4f), ink));
    lines.forEach(line -> renderer.addAnnotation(line, Layer.BACKGROUND));
  }

  private SymbolAxis groupAxis() {
    String[] names = groups.keySet().stream().map(GroupChart::title).toArray(String[]::new);
    SymbolAxis axis = new SymbolAxis(null, names);
    axis.setRange(new Range(-0.5, names.length - 0.5));
    axis.setTickUnit(new NumberTickUnit(1));
    axis.setGridBandsVisible(false);
    return ChartStyle.dressed(axis);
  }

  private String caption() {
    int seeds =
        groups.values().stream()
            .flatMap(group -> group.values().stream())
            .mapToInt(List::size)
            .max()
            .orElse(0);
    return task
        + ": what unlearning methods leave memorized (above) and what they do to "
        + TradeoffChart.utilityName(utility)
        + " (below), by what they edit. A marker is the chosen trial of one seed, up to "
        + Words.count(seeds, "seed")
        + " of each method; the thick line is the median. Of at least "
        + ENOUGH
        + " markers, a box runs from the lower to the upper quartile, and whiskers reach the smallest"
        + " and the largest value. The dashed line is the original model.";
  }
}
