package io.nepenthe.report.chart;

import io.nepenthe.report.draw.AxisRange;
import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.draw.Legend;
import io.nepenthe.report.draw.PanelPlot;
import io.nepenthe.report.draw.UtilityChangeAxis;
import io.nepenthe.report.view.Effect;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.report.view.Sentences;
import io.nepenthe.report.view.TaskFamily;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * The paper's Figure 5: what methods did to memorization and to utility of whole models, by how
 * long these were trained. Models stand side by side, a line is a method.
 */
final class MomentChart {
  /** Models beside each other; more need another figure. */
  private static final int COLUMNS = 3;

  private static final int PANEL_HEIGHT = 185;

  private final ReportModel report;
  private final List<TaskFamily> models;
  private final Measure utility;
  private final List<MethodView> methods;

  private MomentChart(ReportModel report, List<TaskFamily> models) {
    this.report = report;
    this.models = models;
    utility = report.utility(models.get(0).last());
    methods =
        report.methods().stream()
            .filter(method -> !method.isOriginal() && !method.isControl())
            .filter(method -> models.stream().anyMatch(model -> isShown(report, model, method)))
            .toList();
  }

  /** Returns charts of models whose utility is measured alike, no more than fit side by side. */
  static List<Figure> of(ReportModel report, List<TaskFamily> models) {
    Map<Measure, List<TaskFamily>> alike = new LinkedHashMap<>();
    for (TaskFamily model : models) {
      alike.computeIfAbsent(report.utility(model.last()), none -> new ArrayList<>()).add(model);
    }
    List<Figure> figures = new ArrayList<>();
    for (List<TaskFamily> group : alike.values()) {
      for (int i = 0; i < group.size(); i += COLUMNS) {
        MomentChart chart =
            new MomentChart(report, group.subList(i, Math.min(i + COLUMNS, group.size())));
        if (!chart.methods.isEmpty()) {
          figures.add(chart.figure());
        }
      }
    }
    return figures;
  }

  private static boolean isShown(ReportModel report, TaskFamily model, MethodView method) {
    return !changes(report, model, method, Effect::memorizedChange).isEmpty();
  }

  /** Returns what a method did to a model at each moment, mean over seeds. */
  static XYSeries changes(
      ReportModel report, TaskFamily model, MethodView method, ToDoubleFunction<Effect> change) {
    XYSeries series = new XYSeries(method.label());
    for (String task : model.overTraining()) {
      Effect.ofWinners(report, task, method).stream()
          .filter(effect -> Double.isFinite(effect.memorizedChange()))
          .mapToDouble(change)
          .average()
          .ifPresent(mean -> series.add(model.value(task, model.moment()), mean));
    }
    return series;
  }

  private Figure figure() {
    LegendItemCollection legend = new LegendItemCollection();
    for (int i = 0; i < methods.size(); i++) {
      MethodView method = methods.get(i);
      legend.add(Legend.markedLine(method.label(), method.look(), MethodLines.stroke(methods, i)));
    }
    List<PanelPlot.Panel> panels = new ArrayList<>();
    for (TaskFamily model : models) {
      panels.add(panel(heading(model), model, Effect::memorizedChange, memorizedAxis()));
    }
    for (TaskFamily model : models) {
      panels.add(panel("", model, this::utilityChange, utilityAxis()));
    }
    PanelPlot plot =
        PanelPlot.sharing(
            axisOfAll(),
            List.of("Change of memorization (%)", utilityAxis().getLabel()),
            panels,
            models.size(),
            legend);
    panels.forEach(panel -> ChartStyle.unnamed(panel.plot().getRangeAxis()));
    String names = Sentences.list(models.stream().map(TaskFamily::name).toList());
    return Figure.of(
        Section.TRADEOFF,
        "tradeoff-moments-" + models.get(0).slug(),
        caption(names),
        "Change of memorization and of "
            + TradeoffChart.utilityName(utility)
            + " by moment of training, a line per method, "
            + names,
        ChartStyle.chart("Forgetting over training", plot, methods.size()),
        ChartStyle.height(plot.rows(), PANEL_HEIGHT, methods.size()) + 40);
  }

  private double utilityChange(Effect effect) {
    return effect.utilityChange(utility);
  }

  /** Names the unit above a panel only where the panels' units differ. */
  private String heading(TaskFamily model) {
    String unit = hasOneUnit() ? "" : ", " + model.moment().id();
    return ChartStyle.shorten(model.name(), 18) + unit;
  }

  private boolean hasOneUnit() {
    return models.stream().map(TaskFamily::moment).distinct().count() == 1;
  }

  private String axisOfAll() {
    return hasOneUnit() ? models.get(0).moment().axis() : "Moment of training";
  }

  private ValueAxis memorizedAxis() {
    return ChartStyle.axis("", AxisRange.linear(all(Effect::memorizedChange, -100, 0)));
  }

  private ValueAxis utilityAxis() {
    return UtilityChangeAxis.of(utility, all(this::utilityChange));
  }

  private double[] all(ToDoubleFunction<Effect> change, double... more) {
    return DoubleStream.concat(
            DoubleStream.of(more),
            models.stream()
                .flatMap(
                    model -> methods.stream().map(method -> changes(report, model, method, change)))
                .flatMapToDouble(series -> Arrays.stream(series.toArray()[1])))
        .toArray();
  }

  /** Begins near the first moment, so that no label meets that of the next panel. */
  private static ValueAxis momentAxis(TaskFamily model) {
    double[] moments =
        model.overTraining().stream()
            .mapToDouble(task -> model.value(task, model.moment()))
            .toArray();
    NumberAxis axis = ChartStyle.axis("", AxisRange.linear(moments));
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    return ChartStyle.unnamed(axis);
  }

  private PanelPlot.Panel panel(
      String heading, TaskFamily model, ToDoubleFunction<Effect> change, ValueAxis upwards) {
    XYSeriesCollection lines = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    renderer.setDrawSeriesLineAsPath(true); // else dashes begin anew at every point
    for (int i = 0; i < methods.size(); i++) {
      MethodView method = methods.get(i);
      lines.addSeries(changes(report, model, method, change));
      renderer.setSeriesPaint(i, method.look().color());
      renderer.setSeriesShape(i, method.look().marker());
      renderer.setSeriesStroke(i, MethodLines.stroke(methods, i));
    }
    XYPlot plot = new XYPlot(lines, momentAxis(model), upwards, renderer);
    double still = upwards.getLabel().isEmpty() || utility == Measure.ACCURACY ? 0 : 1;
    plot.addRangeMarker(ChartStyle.baseline(still), Layer.BACKGROUND);
    return new PanelPlot.Panel(heading, null, plot);
  }

  private String caption(String names) {
    int seeds =
        models.stream()
            .flatMap(model -> model.tasks().stream())
            .flatMap(
                task ->
                    methods.stream().map(method -> Effect.ofWinners(report, task, method).size()))
            .max(Integer::compare)
            .orElse(0);
    return names
        + ": what each method did to memorization (above) and to "
        + TradeoffChart.utilityName(utility)
        + " (below), relative to the original model, by how long that was trained; mean over up to "
        + Words.count(seeds, "seed")
        + ". Best is low above and near the dashed line, which marks no change, below. Moments at"
        + " which nothing was memorized are left out.";
  }
}
