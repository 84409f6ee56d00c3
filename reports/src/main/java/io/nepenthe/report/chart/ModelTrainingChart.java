package io.nepenthe.report.chart;

import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.draw.OrderedLook;
import io.nepenthe.report.draw.PanelPlot;
import io.nepenthe.report.paper.PaperTraining;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.report.view.Sentences;
import io.nepenthe.report.view.TaskFamily;
import io.nepenthe.report.view.TaskVariable;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.wording.Words;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * The paper's Figure 16: memorization and utility of whole models over training, a line for each
 * model. The line of a model that was trained elsewhere leads from one given moment to the next.
 */
final class ModelTrainingChart {
  /** Of lines that are not this run's. */
  private static final Color GREY = new Color(0x888888);

  private final ReportModel report;
  private final List<TaskFamily> models;
  private final TaskVariable moment;
  private final Measure utility;

  private ModelTrainingChart(ReportModel report, List<TaskFamily> models) {
    this.report = report;
    this.models = models;
    moment = models.get(0).moment();
    utility = report.utility(models.get(0).last());
  }

  /** Returns a chart for the models that are measured alike, those without a score left out. */
  static List<Figure> of(ReportModel report, List<TaskFamily> models) {
    Map<List<Object>, List<TaskFamily>> alike = new LinkedHashMap<>();
    for (TaskFamily model : models) {
      if (!curves(report, model).isEmpty()) {
        List<Object> axes = List.of(model.moment(), report.utility(model.last()));
        alike.computeIfAbsent(axes, none -> new ArrayList<>()).add(model);
      }
    }
    return alike.values().stream()
        .map(each -> new ModelTrainingChart(report, each).figure())
        .toList();
  }

  /** Returns the whole training where its curve is stored, else the given moments. */
  private static List<List<OriginalResult.CurvePoint>> curves(
      ReportModel report, TaskFamily model) {
    List<List<OriginalResult.CurvePoint>> whole = Curves.ofOriginals(report, model.last());
    return whole.isEmpty() ? Curves.ofMoments(report, model) : whole;
  }

  /** Returns a line for each model, and of those that the paper has its own below. */
  static List<CurveLine> lines(ReportModel report, List<TaskFamily> models) {
    List<CurveLine> lines = new ArrayList<>();
    List<CurveLine> papers = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      lines.add(
          new CurveLine(
              models.get(i).name(),
              OrderedLook.color(i, models.size()),
              OrderedLook.stroke(i),
              curves(report, models.get(i))));
      BasicStroke stroke = OrderedLook.stroke(i);
      PaperTraining.of(report, models.get(i).last())
          .map(
              paper ->
                  new CurveLine(paper.title() + ", paper", GREY, stroke, List.of(paper.curve())))
          .ifPresent(papers::add);
    }
    lines.addAll(papers);
    return lines;
  }

  private Figure figure() {
    List<CurveLine> lines = lines(report, models);
    PanelPlot panels =
        CurveLine.panels(lines, utility, report.memorizedAxis(models.get(0).last()), moment.axis());
    List<XYPlot> plots = panels.plots();
    mark(plots.get(0), Measure.MEMORIZED);
    mark(plots.get(1), utility);
    String words = TradeoffChart.utilityName(utility);
    String names = Sentences.list(models.stream().map(TaskFamily::name).toList());
    int seeds = lines.stream().mapToInt(line -> line.curves().size()).max().orElse(0);
    return Figure.of(
        Section.TRAINING,
        "training-models-" + models.get(0).slug(),
        names
            + ": memorization and "
            + words
            + " of the original models over training. Markers stand at the moments at which methods"
            + " were applied. "
            + (lines.size() > models.size()
                ? "Grey lines are the paper’s, whose perplexity is a mean over batches. "
                : "")
            + "Lines are means over up to "
            + Words.count(seeds, "seed")
            + ", bands run from the smallest to the largest.",
        "Memorization and " + words + " over training of " + names,
        ChartStyle.explained(
            ChartStyle.chart("Over training", panels, lines.size()), CurveLine.EXPLANATION),
        ChartStyle.height(2, CurveLine.PANEL_HEIGHT, lines.size()));
  }

  /** Marks the moments at which methods were applied. */
  private void mark(XYPlot plot, Measure measure) {
    XYSeriesCollection moments = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (int i = 0; i < models.size(); i++) {
      moments.addSeries(moments(models.get(i), measure));
      renderer.setSeriesPaint(i, OrderedLook.color(i, models.size()));
      renderer.setSeriesShape(i, OrderedLook.marker(i));
    }
    plot.setDataset(1, moments);
    plot.setRenderer(1, renderer);
  }

  /** Returns the mean over seeds at each moment. */
  private XYSeries moments(TaskFamily model, Measure measure) {
    XYSeries series = new XYSeries(model.name());
    for (String task : model.overTraining()) {
      report.originals(task).stream()
          .map(original -> measure.of(original.scores()))
          .filter(Objects::nonNull)
          .mapToDouble(Double::doubleValue)
          .filter(Double::isFinite)
          .average()
          .ifPresent(mean -> series.add(model.value(task, moment), mean));
    }
    return series;
  }
}
