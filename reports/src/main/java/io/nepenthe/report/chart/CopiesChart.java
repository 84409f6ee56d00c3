package io.nepenthe.report.chart;

import io.nepenthe.metric.RepeatClass;
import io.nepenthe.metric.Scores;
import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.draw.OrderedLook;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;

/** Memorization over training by how often the training set holds a row: part of Figure 6. */
final class CopiesChart {
  private CopiesChart() {}

  /** Returns the drawn chart, nothing if all rows are held equally often. */
  static Optional<Figure> of(ReportModel report, String task) {
    List<CurveLine> lines = lines(report, task);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    XYPlot plot =
        CurveLine.plot(
            dataset(report, task), lines, Curves.percentAxis("Memorized (% of the rows)"));
    plot.setFixedLegendItems(CurveLine.legend(lines));
    return Optional.of(
        Figure.of(
            Section.TRAINING,
            "training-copies-" + report.slug(task),
            task
                + ": share of artifacts that the original models reproduce while they train, by how"
                + " often the training set holds each. Lines are means over "
                + Words.count(lines.get(0).curves().size(), "seed")
                + ", bands run from the smallest to the largest.",
            "Memorization over training by number of copies on " + task,
            ChartStyle.explained(
                ChartStyle.chart(task + ", by copies of a row", plot, lines.size()),
                CurveLine.EXPLANATION),
            ChartStyle.height(lines.size())));
  }

  /** Returns a series of each number of copies, rising. */
  static YIntervalSeriesCollection dataset(ReportModel report, String task) {
    YIntervalSeriesCollection dataset = new YIntervalSeriesCollection();
    List<List<OriginalResult.CurvePoint>> curves = Curves.ofOriginals(report, task);
    for (int copies : copies(curves)) {
      dataset.addSeries(Curves.mean(label(copies), curves, scores -> percent(scores, copies)));
    }
    return dataset;
  }

  private static List<CurveLine> lines(ReportModel report, String task) {
    List<List<OriginalResult.CurvePoint>> curves = Curves.ofOriginals(report, task);
    List<CurveLine> lines = new ArrayList<>();
    SortedSet<Integer> all = copies(curves);
    for (int copies : all) {
      int place = lines.size();
      lines.add(
          new CurveLine(
              label(copies),
              OrderedLook.color(place, all.size()),
              OrderedLook.stroke(place),
              curves));
    }
    return lines;
  }

  private static String label(int copies) {
    return copies == 1 ? "1 copy" : String.format(Locale.ROOT, "%,d copies", copies);
  }

  private static SortedSet<Integer> copies(List<List<OriginalResult.CurvePoint>> curves) {
    SortedSet<Integer> copies = new TreeSet<>();
    curves.stream()
        .flatMap(Collection::stream)
        .flatMap(point -> classes(point.scores()).stream())
        .forEach(each -> copies.add(each.copies()));
    return copies;
  }

  private static List<RepeatClass> classes(Scores scores) {
    List<RepeatClass> classes = scores.memorization().classes();
    return classes == null ? List.of() : classes;
  }

  private static @Nullable Double percent(Scores scores, int copies) {
    for (RepeatClass each : classes(scores)) {
      if (each.copies() == copies) {
        return each.memorizedPercent();
      }
    }
    return null;
  }
}
