package io.nepenthe.report.chart;

import io.nepenthe.report.draw.AxisRange;
import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.draw.Legend;
import io.nepenthe.report.view.Effect;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.report.view.Sentences;
import io.nepenthe.report.view.TimeToTarget;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The time-to-target profile: which share of tasks and seeds each method has won by when. */
final class ProfileChart {
  private static final double SHORTEST = 1e-3;

  /** Points of per cent between lines of equal shares. */
  private static final double APART = 0.7;

  private final TimeToTarget target;
  private final List<MethodView> reaching = new ArrayList<>();
  private final List<String> never = new ArrayList<>();
  private int starts;

  private ProfileChart(ReportModel report) {
    target = new TimeToTarget(report);
    for (MethodView method : report.methods()) {
      if (!method.isControl() && target.wasTried(method)) {
        starts = Math.max(starts, target.starts(method));
        if (target.seconds(method).isEmpty()) {
          never.add(method.label());
        } else {
          reaching.add(method);
        }
      }
    }
  }

  /** Returns the drawn chart, nothing if no method reaches the target. */
  static Optional<Figure> of(ReportModel report) {
    ProfileChart chart = new ProfileChart(report);
    return chart.reaching.isEmpty() ? Optional.empty() : Optional.of(chart.figure(report));
  }

  private Figure figure(ReportModel report) {
    double[] seconds =
        reaching.stream()
            .flatMap(method -> target.seconds(method).stream())
            .mapToDouble(each -> Math.max(each, SHORTEST))
            .toArray();
    Range range = AxisRange.logarithmic(widened(seconds));
    LegendItemCollection legend = new LegendItemCollection();
    XYSeriesCollection lines = new XYSeriesCollection();
    XYSeriesCollection markers = new XYSeriesCollection();
    XYStepRenderer steps = new XYStepRenderer();
    XYLineAndShapeRenderer shapes = new XYLineAndShapeRenderer(false, true);
    for (int i = 0; i < reaching.size(); i++) {
      MethodView method = reaching.get(i);
      XYSeries line =
          apart(target.profile(method, range.getLowerBound(), range.getUpperBound()), i);
      lines.addSeries(line);
      markers.addSeries(corners(line));
      steps.setSeriesPaint(i, method.look().color());
      BasicStroke stroke = MethodLines.stroke(reaching, i);
      steps.setSeriesStroke(i, stroke);
      shapes.setSeriesPaint(i, method.look().color());
      shapes.setSeriesShape(i, method.look().marker());
      shapes.setSeriesOutlinePaint(i, Color.WHITE);
      legend.add(Legend.markedLine(method.label(), method.look(), stroke));
    }
    shapes.setUseOutlinePaint(true);
    XYPlot plot =
        new XYPlot(
            markers,
            ChartStyle.logAxis("Time (s)", range),
            ChartStyle.axis("Tasks and seeds at the target (%)", new Range(-8, 108)),
            shapes);
    plot.setDataset(1, lines);
    plot.setRenderer(1, steps);
    plot.setFixedLegendItems(legend);
    return Figure.of(
        Section.TRADEOFF,
        "tradeoff-profile",
        caption(report),
        "Share of tasks and seeds that each method brings to the target within a time",
        ChartStyle.chart("Time to target", plot, reaching.size()),
        ChartStyle.height(reaching.size()));
  }

  /** Lines of equal shares would hide each other: each stands a little above the one before. */
  private XYSeries apart(XYSeries line, int i) {
    double above = APART * (i - (reaching.size() - 1) / 2.0);
    XYSeries moved = new XYSeries(line.getKey(), false, true);
    for (int k = 0; k < line.getItemCount(); k++) {
      moved.add(line.getX(k), line.getY(k).doubleValue() + above);
    }
    return moved;
  }

  /** Leaves room on both sides, so that lines are seen to start at nothing and to stay. */
  private static double[] widened(double... seconds) {
    double[] wide = Arrays.copyOf(seconds, seconds.length + 2);
    wide[seconds.length] = 3 * Arrays.stream(seconds).max().orElse(1);
    wide[seconds.length + 1] = Arrays.stream(seconds).min().orElse(1) / 3;
    return wide;
  }

  /** Returns the line's inner points: where a pair of task and seed is won. */
  private static XYSeries corners(XYSeries line) {
    XYSeries corners = new XYSeries(line.getKey(), false, true);
    for (int i = 1; i < line.getItemCount() - 1; i++) {
      corners.add(line.getDataItem(i));
    }
    return corners;
  }

  private String caption(ReportModel report) {
    return "Share of the "
        + starts
        + " pairs of task and seed ("
        + Sentences.list(report.tasks())
        + ") that a method brings to the target: at most "
        + Numbers.decimal(Effect.TARGET_MEMORIZED_PERCENT, 0)
        + " % of the artifacts memorized, accuracy at most "
        + Numbers.decimal(Effect.TARGET_LOSS_PERCENT, 0)
        + " % lower or perplexity that much higher than the original model’s. The time is that of"
        + " the fastest of its eligible settings that does, in the sweep; the search for it is not"
        + " counted. Lines of equal shares stand a little apart."
        + Sentences.naming("Never at the target:", never);
  }
}
