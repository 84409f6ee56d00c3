package io.nepenthe.report.chart;

import io.nepenthe.report.draw.AxisRange;
import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.draw.Legend;
import io.nepenthe.report.draw.OrderedLook;
import io.nepenthe.report.draw.PanelPlot;
import io.nepenthe.report.draw.UtilityChangeAxis;
import io.nepenthe.report.view.Effect;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.report.view.TaskFamily;
import io.nepenthe.report.view.TaskVariable;
import io.nepenthe.wording.Words;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * The paper's Figure 3 and those of its appendix: a panel per method, change of memorization across
 * and change of utility upwards, a marker per task. Each trait that tells the tasks apart gets a
 * figure in which it gives the markers their look.
 */
final class ChangeChart {
  private static final int COLUMNS = 3;
  private static final int PANEL_HEIGHT = 130;

  private final ReportModel report;
  private final TaskFamily family;
  private final TaskVariable trait;
  private final List<Integer> values;
  private final Measure utility;
  private final List<MethodView> methods = new ArrayList<>();
  private final List<XYSeriesCollection> data = new ArrayList<>();
  private int seeds;

  private ChangeChart(ReportModel report, TaskFamily family, TaskVariable trait) {
    this.report = report;
    this.family = family;
    this.trait = trait;
    values = family.distinct(trait);
    utility = report.utility(family.tasks().get(0));
    for (MethodView method : report.methods()) {
      if (!method.isOriginal() && !method.isControl()) {
        XYSeriesCollection ofMethod = dataset(method);
        if (ofMethod.getDomainBounds(false) != null) {
          methods.add(method);
          data.add(ofMethod);
        }
      }
    }
  }

  /** Returns a figure for each trait that varies, none if no method changed two tasks. */
  static List<Figure> of(ReportModel report, TaskFamily family) {
    return family.varied().stream()
        .map(trait -> new ChangeChart(report, family, trait))
        .filter(chart -> chart.tasksShown() > 1)
        .map(ChangeChart::figure)
        .toList();
  }

  /** Returns a method's panel: one series of each of the trait's values, one item of each task. */
  static XYSeriesCollection dataset(
      ReportModel report, TaskFamily family, TaskVariable trait, MethodView method) {
    return new ChangeChart(report, family, trait).dataset(method);
  }

  private XYSeriesCollection dataset(MethodView method) {
    XYSeriesCollection dataset = new XYSeriesCollection();
    for (int value : values) {
      XYSeries series = new XYSeries(trait.words(value));
      for (String task : family.tasks()) {
        if (family.value(task, trait) == value) {
          add(series, Effect.ofWinners(report, task, method));
        }
      }
      dataset.addSeries(series);
    }
    return dataset;
  }

  private void add(XYSeries series, List<Effect> effects) {
    List<Effect> changed =
        effects.stream().filter(effect -> Double.isFinite(effect.memorizedChange())).toList();
    OptionalDouble x = changed.stream().mapToDouble(Effect::memorizedChange).average();
    OptionalDouble y = changed.stream().mapToDouble(each -> each.utilityChange(utility)).average();
    if (x.isPresent() && y.isPresent()) {
      series.add(x.getAsDouble(), y.getAsDouble());
      seeds = Math.max(seeds, changed.size());
    }
  }

  private int tasksShown() {
    return data.stream().mapToInt(ChangeChart::items).max().orElse(0);
  }

  private static int items(XYSeriesCollection dataset) {
    int items = 0;
    for (int i = 0; i < dataset.getSeriesCount(); i++) {
      items += dataset.getItemCount(i);
    }
    return items;
  }

  private Figure figure() {
    LegendItemCollection legend = new LegendItemCollection();
    for (int i = 0; i < values.size(); i++) {
      legend.add(
          Legend.marker(
              trait.words(values.get(i)),
              OrderedLook.marker(i),
              OrderedLook.color(i, values.size())));
    }
    List<PanelPlot.Panel> panels = new ArrayList<>();
    for (int i = 0; i < methods.size(); i++) {
      panels.add(panel(methods.get(i), data.get(i)));
    }
    PanelPlot plot =
        PanelPlot.sharing(
            "Change of memorization (%)",
            UtilityChangeAxis.name(utility) + (isLogarithmic() ? ", logarithmic" : ""),
            panels,
            COLUMNS,
            legend);
    String title = family.name() + ", by " + trait.title();
    return Figure.of(
        Section.TRADEOFF,
        "tradeoff-changes-" + family.slug() + "-" + trait.id(),
        caption(),
        "Change of memorization against change of "
            + TradeoffChart.utilityName(utility)
            + ", "
            + title,
        ChartStyle.chart(title, plot, values.size()),
        ChartStyle.height(plot.rows(), PANEL_HEIGHT, values.size()) + 40);
  }

  private PanelPlot.Panel panel(MethodView method, XYSeriesCollection dataset) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    renderer.setUseOutlinePaint(true);
    for (int i = 0; i < values.size(); i++) {
      renderer.setSeriesPaint(i, OrderedLook.color(i, values.size()));
      renderer.setSeriesShape(i, OrderedLook.marker(i));
      renderer.setSeriesOutlinePaint(i, Color.WHITE);
      renderer.setSeriesOutlineStroke(i, new BasicStroke(0.7f));
    }
    ValueAxis x = ChartStyle.unnamed(ChartStyle.axis("", AxisRange.linear(withZero(all(false)))));
    ValueAxis y = ChartStyle.unnamed(UtilityChangeAxis.of(utility, all(true)));
    XYPlot plot = new XYPlot(dataset, x, y, renderer);
    Color grey = new Color(0x888888);
    plot.addDomainMarker(new ValueMarker(0, grey, new BasicStroke(1)), Layer.BACKGROUND);
    double still = utility == Measure.ACCURACY ? 0 : 1;
    plot.addRangeMarker(new ValueMarker(still, grey, new BasicStroke(1)), Layer.BACKGROUND);
    return new PanelPlot.Panel(ChartStyle.shorten(method.label(), 18), method.look(), plot);
  }

  private static double[] withZero(double... values) {
    return DoubleStream.concat(DoubleStream.of(0), DoubleStream.of(values)).toArray();
  }

  private boolean isLogarithmic() {
    return UtilityChangeAxis.of(utility, all(true)) instanceof LogAxis;
  }

  private double[] all(boolean upwards) {
    DoubleStream.Builder all = DoubleStream.builder();
    for (XYSeriesCollection dataset : data) {
      for (int i = 0; i < dataset.getSeriesCount(); i++) {
        for (int k = 0; k < dataset.getItemCount(i); k++) {
          all.add(upwards ? dataset.getYValue(i, k) : dataset.getXValue(i, k));
        }
      }
    }
    return all.build().toArray();
  }

  private String caption() {
    return family.name()
        + ": what each method did to memorization and to "
        + TradeoffChart.utilityName(utility)
        + ", relative to the original model; a marker is one task, mean over up to "
        + Words.count(seeds, "seed")
        + ", its look the "
        + trait.title()
        + ". Best is at the left and "
        + (utility == Measure.ACCURACY ? "high" : "low")
        + "; grey lines mark no change. Tasks whose original models memorized nothing are left"
        + " out.";
  }
}
