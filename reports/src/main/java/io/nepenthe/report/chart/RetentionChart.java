package io.nepenthe.report.chart;

import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.draw.Legend;
import io.nepenthe.report.lasting.ChallengeWords;
import io.nepenthe.report.lasting.RetentionTable;
import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.view.Marker;
import io.nepenthe.report.view.MethodLook;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Section;
import io.nepenthe.report.view.Sentences;
import io.nepenthe.retention.Variant;
import io.nepenthe.selection.BySeed;
import io.nepenthe.statistics.Interval;
import io.nepenthe.statistics.Statistic;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.Range;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * What each method keeps of its forgetting: a line per method, a marker per kind of challenge at
 * the worst of its variants.
 */
final class RetentionChart {
  private static final Range SHOWN = new Range(-0.28, 1.28);
  private static final double BETWEEN = 0.24;
  private static final int ROW_HEIGHT = 22;
  private static final int LABEL_LENGTH = 27;

  private final TaskChallenges task;
  private final List<Variant> variants;
  private final List<MethodView> methods = new ArrayList<>();
  private final List<String> undefined = new ArrayList<>();

  private RetentionChart(TaskChallenges task) {
    this.task = task;
    variants = task.kinds().stream().flatMap(kind -> task.standing(kind).stream()).toList();
    for (MethodView method : task.models()) {
      if (!method.isOriginal()) {
        if (variants.stream().anyMatch(variant -> retention(method, variant).isPresent())) {
          methods.add(method);
        } else {
          undefined.add(method.label());
        }
      }
    }
    Collections.reverse(methods); // the first stands at the top
  }

  /** Returns the drawn chart, nothing if no method has forgotten anything. */
  static Optional<Figure> of(TaskChallenges task) {
    RetentionChart chart = new RetentionChart(task);
    return chart.methods.isEmpty() ? Optional.empty() : Optional.of(chart.figure());
  }

  private Optional<Statistic> retention(MethodView method, Variant variant) {
    return task.retention(method, variant)
        .flatMap(each -> Optional.ofNullable(each.retention()))
        .map(BySeed::statistic);
  }

  /** Returns a series of each kind of challenge, an item of each method. */
  static XYIntervalSeriesCollection dataset(TaskChallenges task) {
    return new RetentionChart(task).dataset(method -> true);
  }

  private XYIntervalSeriesCollection dataset(Predicate<MethodView> shown) {
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    for (int k = 0; k < variants.size(); k++) {
      XYIntervalSeries series = new XYIntervalSeries(label(variants.get(k)));
      for (int row = 0; row < methods.size(); row++) {
        double y = row + ((variants.size() - 1) / 2.0 - k) * BETWEEN;
        if (shown.test(methods.get(row))) {
          retention(methods.get(row), variants.get(k)).ifPresent(each -> add(series, each, y));
        }
      }
      data.addSeries(series);
    }
    return data;
  }

  private static void add(XYIntervalSeries series, Statistic retention, double y) {
    Interval interval = retention.interval();
    double low = interval == null ? retention.mean() : interval.low();
    double high = interval == null ? retention.mean() : interval.high();
    series.add(shown(retention.mean()), shown(low), shown(high), y, y, y);
  }

  /** What would lie outside the chart stands at its edge. */
  private static double shown(double retention) {
    return Math.min(
        Math.max(retention, SHOWN.getLowerBound() + 0.02), SHOWN.getUpperBound() - 0.02);
  }

  private String label(Variant variant) {
    String kind = ChallengeWords.kind(variant.challenge());
    boolean one = task.measured().variants(variant.challenge()).size() == 1;
    return one ? kind + ", " + ChallengeWords.variant(variant) : kind;
  }

  private Figure figure() {
    LegendItemCollection legend = new LegendItemCollection();
    for (int k = 0; k < variants.size(); k++) {
      legend.add(Legend.marker(label(variants.get(k)), Marker.of(k), MethodLook.ofChallenge(k)));
    }
    boolean anyDestroyed = methods.stream().anyMatch(task::isDestroyed);
    if (anyDestroyed) {
      legend.add(Legend.hollow("of a destroyed model", Marker.of(0), ChartStyle.INK));
    }
    XYPlot plot =
        new XYPlot(
            dataset(method -> !task.isDestroyed(method)),
            ChartStyle.axis("Retention of the forgetting", SHOWN),
            methodAxis(),
            renderer(false));
    plot.setDataset(1, dataset(task::isDestroyed));
    plot.setRenderer(1, renderer(true));
    plot.setFixedLegendItems(legend);
    plot.addDomainMarker(ChartStyle.baseline(1), Layer.BACKGROUND);
    plot.addDomainMarker(ChartStyle.baseline(0), Layer.BACKGROUND);
    int entries = legend.getItemCount();
    return Figure.of(
        Section.LASTING,
        "lasting-" + task.report().slug(task.task()),
        caption(),
        "What each method keeps of its forgetting under challenges on " + task.task(),
        ChartStyle.explained(
            ChartStyle.chart(task.task() + ": what lasts", plot, entries),
            "1: nothing came back. 0: all did. Bars: 95 % intervals over seeds."),
        ChartStyle.height(1, ROW_HEIGHT * methods.size() + 60, entries));
  }

  private SymbolAxis methodAxis() {
    String[] names =
        methods.stream()
            .map(method -> ChartStyle.shorten(method.label(), LABEL_LENGTH))
            .toArray(String[]::new);
    SymbolAxis axis = new SymbolAxis(null, names);
    axis.setRange(new Range(-0.6, names.length - 0.4));
    axis.setTickUnit(new NumberTickUnit(1));
    axis.setGridBandsVisible(false);
    return ChartStyle.dressed(axis);
  }

  private XYErrorRenderer renderer(boolean hollow) {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawYError(false);
    renderer.setErrorStroke(new BasicStroke(1.2f));
    renderer.setCapLength(0);
    renderer.setUseOutlinePaint(true);
    renderer.setDrawOutlines(true);
    renderer.setUseFillPaint(true);
    for (int k = 0; k < variants.size(); k++) {
      Color color = MethodLook.ofChallenge(k);
      renderer.setSeriesPaint(k, color);
      renderer.setSeriesFillPaint(k, hollow ? Color.WHITE : color);
      renderer.setSeriesOutlinePaint(k, hollow ? color : Color.WHITE);
      renderer.setSeriesOutlineStroke(k, new BasicStroke(hollow ? 1.2f : 0.7f));
      renderer.setSeriesShape(k, Marker.of(k));
    }
    return renderer;
  }

  private String caption() {
    return task.task()
        + ": what each method keeps of its forgetting, by kind of challenge, at the worst of its"
        + " variants in each seed. "
        + RetentionTable.explanation()
        + " Values beyond the axis stand at its edge. Hollow markers are of models that are"
        + " destroyed in at least nine of ten seeds."
        + Sentences.naming("Not defined:", undefined);
  }
}
