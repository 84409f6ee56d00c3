package io.nepenthe.report.chart;

import io.nepenthe.metric.Scores;
import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodLook;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.wording.Words;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Optional;
import java.util.function.Function;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.data.Range;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;

/**
 * How memorization and utility of one task's original models rise over training: the mean over
 * seeds as a line, smallest to largest as a band.
 */
final class TrainingChart {
  private TrainingChart() {}

  /** Returns the chart's percentages: "Memorized" and, where there is one, "Accuracy". */
  static YIntervalSeriesCollection percentages(ReportModel report, String task) {
    YIntervalSeriesCollection dataset = new YIntervalSeriesCollection();
    addIfAny(
        dataset,
        series(
            report.weighsCopies(task) ? "Memorized (% by copies)" : "Memorized (%)",
            report,
            task,
            Scores::memorizedPercent));
    if (report.utility(task) == Measure.ACCURACY) {
      addIfAny(dataset, series("Accuracy (%)", report, task, Scores::accuracyPercent));
    }
    return dataset;
  }

  /** Returns the chart's perplexities, empty where the task has an accuracy. */
  static YIntervalSeriesCollection perplexities(ReportModel report, String task) {
    YIntervalSeriesCollection dataset = new YIntervalSeriesCollection();
    if (report.utility(task) == Measure.PERPLEXITY) {
      addIfAny(dataset, series("Perplexity (right axis)", report, task, Scores::perplexity));
    }
    return dataset;
  }

  private static void addIfAny(YIntervalSeriesCollection dataset, YIntervalSeries series) {
    if (!series.isEmpty()) {
      dataset.addSeries(series);
    }
  }

  private static YIntervalSeries series(
      String name, ReportModel report, String task, Function<Scores, @Nullable Double> value) {
    return Curves.mean(name, Curves.ofOriginals(report, task), value);
  }

  /** Returns the drawn chart, nothing if no curve is stored. */
  static Optional<Figure> of(ReportModel report, String task) {
    YIntervalSeriesCollection percentages = percentages(report, task);
    YIntervalSeriesCollection perplexities = perplexities(report, task);
    int entries = percentages.getSeriesCount() + perplexities.getSeriesCount();
    if (entries == 0) {
      return Optional.empty();
    }
    XYPlot plot =
        new XYPlot(
            percentages,
            Curves.passAxis(Curves.ofOriginals(report, task)),
            ChartStyle.axis("Share (%)", new Range(-3, 103)),
            renderer(MethodLook.MEMORIZED, MethodLook.UTILITY));
    if (perplexities.getSeriesCount() > 0) {
      addPerplexity(plot, perplexities);
    }
    String id = "training-" + report.slug(task);
    String utility = TradeoffChart.utilityName(report.utility(task));
    String caption =
        task
            + ": memorization and "
            + utility
            + " of the original models while they train. Lines are means over seeds, bands run"
            + " from the smallest to the largest of "
            + Words.count(Curves.ofOriginals(report, task).size(), "seed")
            + ".";
    return Optional.of(
        Figure.of(
            Section.TRAINING,
            id,
            caption,
            "Memorization and " + utility + " of the original models over training on " + task,
            ChartStyle.explained(ChartStyle.chart(task, plot, entries), CurveLine.EXPLANATION),
            ChartStyle.height(entries)));
  }

  private static void addPerplexity(XYPlot plot, YIntervalSeriesCollection dataset) {
    ValueAxis axis = Curves.perplexityAxis("Perplexity", dataset);
    colour(axis, MethodLook.UTILITY);
    colour(plot.getRangeAxis(), MethodLook.MEMORIZED);
    plot.setRangeAxis(1, axis);
    plot.setDataset(1, dataset);
    plot.mapDatasetToRangeAxis(1, 1);
    plot.setRenderer(1, renderer(MethodLook.UTILITY));
  }

  private static void colour(ValueAxis axis, Color color) {
    axis.setLabelPaint(color);
    axis.setTickLabelPaint(color);
    axis.setAxisLinePaint(color);
  }

  private static DeviationRenderer renderer(Color... colors) {
    DeviationRenderer renderer = new DeviationRenderer(true, false);
    renderer.setAlpha(0.18f);
    for (int i = 0; i < colors.length; i++) {
      renderer.setSeriesPaint(i, colors[i]);
      renderer.setSeriesFillPaint(i, colors[i]);
      renderer.setSeriesStroke(i, stroke(colors[i]));
    }
    return renderer;
  }

  /** Utility is dashed, so that the two lines differ without their colours. */
  private static BasicStroke stroke(Color color) {
    float[] dashes = {7, 4};
    return color.equals(MethodLook.UTILITY)
        ? new BasicStroke(2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0)
        : new BasicStroke(2.2f);
  }
}
