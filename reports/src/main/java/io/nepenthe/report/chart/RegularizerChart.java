package io.nepenthe.report.chart;

import io.nepenthe.plugin.Family;
import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.draw.OrderedLook;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodLook;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.runstore.TrialResult;
import io.nepenthe.summary.SummaryRow;
import io.nepenthe.wording.Words;
import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The paper's Figure 7: memorization and utility over training with each regularizer, beside plain
 * training.
 */
final class RegularizerChart {
  private RegularizerChart() {}

  /** Returns the drawn chart, nothing if no regularizer has a curve. */
  static Optional<Figure> of(ReportModel report, String task) {
    List<CurveLine> lines = lines(report, task);
    if (lines.size() < 2) {
      return Optional.empty();
    }
    Measure utility = report.utility(task);
    String words = TradeoffChart.utilityName(utility);
    int seeds = lines.stream().mapToInt(line -> line.curves().size()).max().orElse(0);
    return Optional.of(
        Figure.of(
            Section.TRAINING,
            "training-regularizers-" + report.slug(task),
            task
                + ": memorization and "
                + words
                + " over training with each regularizer in its chosen setting; the dashed line is"
                + " plain training. Lines are means over up to "
                + Words.count(seeds, "seed")
                + ", bands run from the smallest to the largest.",
            "Memorization and " + words + " over training with regularizers on " + task,
            ChartStyle.explained(
                ChartStyle.chart(
                    task + ", regularizers",
                    CurveLine.panels(lines, utility, report.memorizedAxis(task)),
                    lines.size()),
                CurveLine.EXPLANATION),
            ChartStyle.height(2, CurveLine.PANEL_HEIGHT, lines.size())));
  }

  /** Returns plain training's line and one of each regularizer that has curves. */
  static List<CurveLine> lines(ReportModel report, String task) {
    List<CurveLine> lines = new ArrayList<>();
    List<List<OriginalResult.CurvePoint>> plain = Curves.ofOriginals(report, task);
    lines.add(
        new CurveLine(
            "Plain training", MethodLook.original().color(), OrderedLook.stroke(1), plain));
    for (MethodView method : report.methods()) {
      List<List<OriginalResult.CurvePoint>> curves =
          report
              .row(task, method)
              .filter(row -> row.family() == Family.REGULARIZER)
              .map(row -> curves(report, row, Curves.lastPass(plain)))
              .orElse(List.of());
      if (!curves.isEmpty()) {
        lines.add(new CurveLine(method.label(), method.look().color(), new BasicStroke(2), curves));
      }
    }
    return lines;
  }

  private static List<List<OriginalResult.CurvePoint>> curves(
      ReportModel report, SummaryRow row, int lastPass) {
    return row.winners().values().stream()
        .flatMap(winner -> report.trial(winner.trial()).stream())
        .filter(trial -> !trial.curve().isEmpty())
        .map(trial -> whole(trial, lastPass))
        .toList();
  }

  /** A trial's curve ends before the last pass, whose scores are the trial's. */
  private static List<OriginalResult.CurvePoint> whole(TrialResult trial, int lastPass) {
    List<OriginalResult.CurvePoint> curve = new ArrayList<>(trial.curve());
    OriginalResult.CurvePoint end = curve.get(curve.size() - 1);
    if (trial.after() != null && end.pass() < lastPass) {
      curve.add(new OriginalResult.CurvePoint(lastPass, end.trainingLoss(), trial.after()));
    }
    return curve;
  }
}
