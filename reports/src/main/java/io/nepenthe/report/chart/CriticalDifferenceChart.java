package io.nepenthe.report.chart;

import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.view.ManySeeds;
import io.nepenthe.report.view.ManySeedsWords;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.statistics.CriticalDifference;
import io.nepenthe.statistics.Ranking;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The critical-difference diagram (Demšar, 2006): methods at their mean ranks, and bars over those
 * that the tests do not tell apart. One of each task that has seeds enough, and one of all tasks.
 */
final class CriticalDifferenceChart {
  private CriticalDifferenceChart() {}

  /** Returns the drawn charts, none where no task has seeds enough. */
  static List<Figure> of(ReportModel report) {
    List<Figure> figures = new ArrayList<>();
    for (ManySeeds seeds : report.manySeeds()) {
      String task = seeds.task();
      String blocks = Words.count(seeds.scores().seeds().size(), "seed");
      figures.add(figure(report, seeds.diagram(), report.slug(task), task, blocks).ofTask(task));
    }
    ManySeeds.diagramOfAll(report.manySeeds())
        .ifPresent(
            all ->
                figures.add(
                    figure(
                        report,
                        all,
                        "-all",
                        Words.count(report.manySeeds().size(), "task"),
                        Words.count(all.friedman().blocks(), "pair") + " of task and seed")));
    return figures;
  }

  private static Figure figure(
      ReportModel report, CriticalDifference diagram, String slug, String of, String blocks) {
    Map<String, MethodView> methods = new LinkedHashMap<>();
    report.methods().forEach(method -> methods.put(method.id(), method));
    CriticalDifferenceDrawing drawing =
        new CriticalDifferenceDrawing(
            diagram,
            methods,
            of + ": mean rank over " + blocks,
            "Bars join methods that are not told apart (a dot on each of them).");
    return new Figure(
        Section.MANY_SEEDS,
        "",
        "critical-difference-" + slug,
        caption(diagram, of, blocks),
        "Critical-difference diagram: mean ranks of methods on " + of + " over " + blocks,
        drawing.drawing());
  }

  private static String caption(CriticalDifference diagram, String of, String blocks) {
    int pairs = diagram.tests().pairs().size();
    return "%s: mean ranks over %s, the best on the left. Two methods have a dot on the same bar if, and only if, Wilcoxon’s signed-rank test with Holm’s correction over %s does not tell them apart at %s%s: that is the case for %d of them.%s"
        .formatted(
            of,
            blocks,
            Words.count(pairs, "pair"),
            Ranking.LEVEL,
            blocks.contains("task") ? ", differences ranked within each task" : "",
            pairs - diagram.tests().told().size(),
            ManySeedsWords.tooFew(diagram));
  }
}
