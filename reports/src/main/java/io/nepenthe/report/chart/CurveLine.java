package io.nepenthe.report.chart;

import io.nepenthe.metric.Scores;
import io.nepenthe.report.draw.AxisRange;
import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.draw.Legend;
import io.nepenthe.report.draw.PanelPlot;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.TaskVariable;
import io.nepenthe.runstore.OriginalResult;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;

/**
 * A line of a chart over training: the mean over seeds, with a faint band from the smallest to the
 * largest.
 *
 * @param label in the legend
 * @param color of line and band
 * @param stroke of the line
 * @param curves of each seed
 */
record CurveLine(
    String label, Color color, BasicStroke stroke, List<List<OriginalResult.CurvePoint>> curves) {
  static final int PANEL_HEIGHT = 230;

  /** Said below the title of every chart of lines. */
  static final String EXPLANATION = "Lines: means over seeds. Bands: smallest to largest seed.";

  /** Returns a series of each line, empty where it has no such value. */
  static YIntervalSeriesCollection dataset(
      List<CurveLine> lines, Function<Scores, @Nullable Double> value) {
    YIntervalSeriesCollection dataset = new YIntervalSeriesCollection();
    lines.forEach(line -> dataset.addSeries(Curves.mean(line.label, line.curves, value)));
    return dataset;
  }

  /** Returns a chart of memorization above utility over training, both with all lines. */
  static PanelPlot panels(List<CurveLine> lines, Measure utility, String memorizedAxis) {
    return panels(lines, utility, memorizedAxis, TaskVariable.PASSES.axis());
  }

  /** Returns the same over an axis of training of that name. */
  static PanelPlot panels(
      List<CurveLine> lines, Measure utility, String memorizedAxis, String trainingAxis) {
    YIntervalSeriesCollection memorized = dataset(lines, Scores::memorizedPercent);
    PanelPlot panels =
        PanelPlot.stacked(
            List.of(
                new PanelPlot.Panel(
                    "", null, plot(memorized, lines, Curves.percentAxis(memorizedAxis))),
                utility(lines, utility)),
            legend(lines));
    panels.plots().forEach(plot -> plot.getDomainAxis().setLabel(trainingAxis));
    return panels;
  }

  private static PanelPlot.Panel utility(List<CurveLine> lines, Measure utility) {
    if (utility == Measure.ACCURACY) {
      YIntervalSeriesCollection accuracies = dataset(lines, Scores::accuracyPercent);
      ValueAxis axis = ChartStyle.axis("Accuracy (%)", AxisRange.percent(Curves.ends(accuracies)));
      return new PanelPlot.Panel("", null, plot(accuracies, lines, axis));
    }
    YIntervalSeriesCollection perplexities = dataset(lines, Scores::perplexity);
    ValueAxis axis = Curves.perplexityAxis("Perplexity", perplexities);
    return new PanelPlot.Panel("", null, plot(perplexities, lines, axis));
  }

  /** Returns a plot of a data set that has one series of each line. */
  static XYPlot plot(YIntervalSeriesCollection dataset, List<CurveLine> lines, ValueAxis axis) {
    DeviationRenderer renderer = new DeviationRenderer(true, false);
    renderer.setAlpha(0.1f);
    for (int i = 0; i < lines.size(); i++) {
      renderer.setSeriesPaint(i, lines.get(i).color);
      renderer.setSeriesFillPaint(i, lines.get(i).color);
      renderer.setSeriesStroke(i, lines.get(i).stroke);
    }
    return new XYPlot(
        dataset,
        Curves.passAxis(lines.stream().flatMap(CurveLine::seeds).toList()),
        axis,
        renderer);
  }

  static LegendItemCollection legend(List<CurveLine> lines) {
    LegendItemCollection legend = new LegendItemCollection();
    lines.forEach(line -> legend.add(Legend.line(line.label, line.color, line.stroke)));
    return legend;
  }

  private Stream<List<OriginalResult.CurvePoint>> seeds() {
    return curves.stream();
  }
}
