package io.nepenthe.report.chart;

import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.draw.OrderedLook;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.report.view.Sentences;
import io.nepenthe.report.view.TaskFamily;
import io.nepenthe.report.view.TaskVariable;
import io.nepenthe.runstore.OriginalResult;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The paper's Figure 6: memorization and utility of original models over training, a line for each
 * size of model and data. Tasks that differ in the moment of training alone share a line.
 */
final class TaskTrainingChart {
  private static final List<TaskVariable> SIZES =
      List.of(TaskVariable.LAYERS, TaskVariable.ROWS, TaskVariable.CHUNKS);

  private TaskTrainingChart() {}

  /** Returns the drawn chart, nothing if the family has one size only. */
  static Optional<Figure> of(ReportModel report, TaskFamily family) {
    List<CurveLine> lines = lines(report, family);
    if (lines.size() < 2) {
      return Optional.empty();
    }
    Measure utility = report.utility(family.tasks().get(0));
    String words = TradeoffChart.utilityName(utility);
    int seeds = lines.stream().mapToInt(line -> line.curves().size()).max().orElse(0);
    return Optional.of(
        Figure.of(
            Section.TRAINING,
            "training-sizes-" + family.slug(),
            family.name()
                + ": memorization and "
                + words
                + " of the original models while they train, by "
                + Sentences.list(varied(family).stream().map(TaskVariable::title).toList())
                + ". Lines are means over up to "
                + Words.count(seeds, "seed")
                + ", bands run from the smallest to the largest.",
            "Memorization and " + words + " over training by size, " + family.name(),
            ChartStyle.explained(
                ChartStyle.chart(
                    family.name() + ", over training",
                    CurveLine.panels(lines, utility, report.memorizedAxis(family.tasks().get(0))),
                    lines.size()),
                CurveLine.EXPLANATION),
            ChartStyle.height(2, CurveLine.PANEL_HEIGHT, lines.size())));
  }

  /** Returns a line for each size, in the suite's order: that of its longest training. */
  static List<CurveLine> lines(ReportModel report, TaskFamily family) {
    List<TaskVariable> varied = varied(family);
    Map<String, CurveLine> lines = new LinkedHashMap<>();
    for (String task : family.tasks()) {
      List<List<OriginalResult.CurvePoint>> curves = Curves.ofOriginals(report, task);
      if (!varied.isEmpty() && !curves.isEmpty()) {
        CurveLine line = line(family, varied, task, curves);
        lines.merge(line.label(), line, TaskTrainingChart::longer);
      }
    }
    return List.copyOf(lines.values());
  }

  private static List<TaskVariable> varied(TaskFamily family) {
    return family.varied().stream().filter(SIZES::contains).toList();
  }

  /** The first trait that varies gives the colour, the second the dashes. */
  private static CurveLine line(
      TaskFamily family,
      List<TaskVariable> varied,
      String task,
      List<List<OriginalResult.CurvePoint>> curves) {
    List<String> label = new ArrayList<>();
    int[] places = {0, 0};
    for (int i = 0; i < varied.size(); i++) {
      int value = family.value(task, varied.get(i));
      label.add(varied.get(i).words(value));
      places[Math.min(i, 1)] = family.distinct(varied.get(i)).indexOf(value);
    }
    return new CurveLine(
        String.join(", ", label),
        OrderedLook.color(places[0], family.distinct(varied.get(0)).size()),
        OrderedLook.stroke(places[1]),
        curves);
  }

  private static CurveLine longer(CurveLine one, CurveLine other) {
    return Curves.lastPass(other.curves()) > Curves.lastPass(one.curves()) ? other : one;
  }
}
