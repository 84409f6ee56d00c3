package io.nepenthe.report.chart;

import io.nepenthe.metric.Scores;
import io.nepenthe.report.draw.AxisRange;
import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.TaskFamily;
import io.nepenthe.report.view.TaskVariable;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.statistics.Statistic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.data.Range;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;

/** Scores over training, a list of points for each seed, and their means. */
final class Curves {
  private Curves() {}

  static List<List<OriginalResult.CurvePoint>> ofOriginals(ReportModel report, String task) {
    return report.run().originals().stream()
        .filter(original -> original.task().equals(task))
        .map(OriginalResult::curve)
        .filter(curve -> !curve.isEmpty())
        .toList();
  }

  /** Returns the scores of one model at the moments that its tasks are of, a list for each seed. */
  static List<List<OriginalResult.CurvePoint>> ofMoments(ReportModel report, TaskFamily model) {
    Map<Long, List<OriginalResult.CurvePoint>> bySeed = new TreeMap<>();
    for (String task : model.overTraining()) {
      int moment = model.value(task, model.moment());
      for (OriginalResult original : report.originals(task)) {
        bySeed
            .computeIfAbsent(original.seed(), none -> new ArrayList<>())
            .add(new OriginalResult.CurvePoint(moment, Double.NaN, original.scores()));
      }
    }
    return List.copyOf(bySeed.values());
  }

  /** Returns mean, smallest and largest over seeds at each pass that has a value. */
  static YIntervalSeries mean(
      String name,
      Collection<List<OriginalResult.CurvePoint>> seeds,
      Function<Scores, @Nullable Double> value) {
    Map<Integer, List<Double>> byPass = new TreeMap<>();
    for (List<OriginalResult.CurvePoint> curve : seeds) {
      curve.forEach(point -> add(byPass, point.pass(), value.apply(point.scores())));
    }
    YIntervalSeries series = new YIntervalSeries(name);
    byPass.forEach(
        (pass, values) -> {
          Statistic over = Statistic.of(values);
          if (over != null) {
            series.add(pass, over.mean(), over.min(), over.max());
          }
        });
    return series;
  }

  private static void add(Map<Integer, List<Double>> byPass, int pass, @Nullable Double value) {
    if (value != null && Double.isFinite(value)) {
      byPass.computeIfAbsent(pass, none -> new ArrayList<>()).add(value);
    }
  }

  static int lastPass(Collection<List<OriginalResult.CurvePoint>> curves) {
    return curves.stream()
        .flatMap(Collection::stream)
        .mapToInt(OriginalResult.CurvePoint::pass)
        .max()
        .orElse(1);
  }

  /** Returns the axis of training that shows all curves. */
  static NumberAxis passAxis(Collection<List<OriginalResult.CurvePoint>> curves) {
    return trainingAxis(TaskVariable.PASSES.axis(), 1.02 * lastPass(curves));
  }

  /** Returns an axis of training of that name, from its beginning to its end. */
  static NumberAxis trainingAxis(String name, double end) {
    NumberAxis axis = ChartStyle.axis(name, new Range(0, Math.max(1, end)));
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    return axis;
  }

  static ValueAxis percentAxis(String name) {
    return ChartStyle.axis(name, new Range(-3, 103));
  }

  /** Returns an axis for perplexities with their bands, logarithmic where they span much. */
  static ValueAxis perplexityAxis(String name, YIntervalSeriesCollection dataset) {
    double[] ends = ends(dataset);
    return AxisRange.isWide(ends)
        ? ChartStyle.logAxis(name, AxisRange.logarithmic(ends))
        : ChartStyle.axis(name, AxisRange.linear(ends));
  }

  static double[] ends(YIntervalSeriesCollection dataset) {
    DoubleStream.Builder ends = DoubleStream.builder();
    for (int i = 0; i < dataset.getSeriesCount(); i++) {
      for (int k = 0; k < dataset.getItemCount(i); k++) {
        ends.add(dataset.getStartYValue(i, k)).add(dataset.getEndYValue(i, k));
      }
    }
    return ends.build().toArray();
  }
}
