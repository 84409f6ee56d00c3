package io.nepenthe.report.chart;

import io.nepenthe.metric.Metrics;
import io.nepenthe.report.draw.ChartStyle;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.draw.Legend;
import io.nepenthe.report.draw.PanelPlot;
import io.nepenthe.report.lasting.ChallengeWords;
import io.nepenthe.report.lasting.TaskChallenges;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Section;
import io.nepenthe.retention.RankChange;
import io.nepenthe.retention.Variant;
import io.nepenthe.selection.BySeed;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** What is memorized over steps of fine-tuning: a panel per kind of rows, a line per model. */
final class RelearningChart {
  static final String RELEARNING = "relearning";

  /** Lines of methods beside those of the original and the controls; more could not be told. */
  private static final int MOST = 8;

  private static final int PANEL_HEIGHT = 215;

  private final TaskChallenges task;
  private final List<Variant> variants;
  private final List<MethodView> shown = new ArrayList<>();
  private final int compared;

  private RelearningChart(TaskChallenges task) {
    this.task = task;
    variants =
        task.measured().variants(RELEARNING).stream()
            .filter(variant -> task.models().stream().anyMatch(m -> curve(m, variant).size() > 1))
            .toList();
    List<String> best =
        task.ranks().stream()
            .filter(change -> task.compared().contains(change.method()))
            .sorted(Comparator.comparingInt(change -> change.judged().rank()))
            .map(RankChange::method)
            .limit(MOST)
            .toList();
    compared = best.size();
    for (MethodView method : task.models()) {
      if (method.isOriginal() || best.contains(method.id()) || isStandard(method)) {
        shown.add(method);
      }
    }
  }

  /** Returns true for a control that forgot in every seed and still works: the retrained model. */
  private boolean isStandard(MethodView method) {
    return method.isControl()
        && !task.isDestroyed(method)
        && variants.stream()
            .flatMap(variant -> task.retention(method, variant).stream())
            .anyMatch(each -> each.retention() != null && each.undefined().isEmpty());
  }

  /** Returns the drawn chart, nothing if no model was fine-tuned step by step. */
  static Optional<Figure> of(TaskChallenges task) {
    RelearningChart chart = new RelearningChart(task);
    return chart.variants.isEmpty() ? Optional.empty() : Optional.of(chart.figure());
  }

  private SortedMap<Integer, BySeed> curve(MethodView method, Variant variant) {
    return task.measured().curve(method.id(), variant, Metrics.MEMORIZED.id());
  }

  /** Returns what a model memorizes at each step, mean over seeds. */
  private XYSeries series(MethodView method, Variant variant) {
    XYSeries series = new XYSeries(method.label());
    curve(method, variant)
        .forEach((step, by) -> series.add(step.doubleValue(), by.statistic().mean()));
    return series;
  }

  private Figure figure() {
    LegendItemCollection legend = new LegendItemCollection();
    for (int i = 0; i < shown.size(); i++) {
      MethodView method = shown.get(i);
      legend.add(Legend.markedLine(method.label(), method.look(), MethodLines.stroke(shown, i)));
    }
    List<PanelPlot.Panel> panels = variants.stream().map(this::panel).toList();
    PanelPlot plot =
        PanelPlot.sharing(
            "Steps of fine-tuning",
            task.report().memorizedAxis(task.task()),
            panels,
            panels.size(),
            legend);
    return Figure.of(
        Section.LASTING,
        "lasting-relearning-" + task.report().slug(task.task()),
        caption(),
        "Memorization over steps of fine-tuning, a line per model, on " + task.task(),
        ChartStyle.chart(task.task() + ": relearning", plot, shown.size()),
        ChartStyle.height(plot.rows(), PANEL_HEIGHT, shown.size()) + 40);
  }

  private PanelPlot.Panel panel(Variant variant) {
    XYSeriesCollection lines = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    renderer.setDrawSeriesLineAsPath(true); // else dashes begin anew at every point
    int last = 1;
    for (int i = 0; i < shown.size(); i++) {
      MethodView method = shown.get(i);
      SortedMap<Integer, BySeed> curve = curve(method, variant);
      last = Math.max(last, curve.isEmpty() ? 1 : curve.lastKey());
      lines.addSeries(series(method, variant));
      renderer.setSeriesPaint(i, method.look().color());
      renderer.setSeriesShape(i, method.look().marker());
      renderer.setSeriesStroke(i, MethodLines.stroke(shown, i));
    }
    XYPlot plot =
        new XYPlot(
            lines,
            ChartStyle.unnamed(stepAxis(last)),
            ChartStyle.unnamed(Curves.percentAxis("")),
            renderer);
    return new PanelPlot.Panel(ChallengeWords.variant(variant), null, plot);
  }

  /** Leaves room for whole markers at both ends. */
  private static NumberAxis stepAxis(int last) {
    NumberAxis axis = ChartStyle.axis("", new Range(-0.07 * last, 1.09 * last));
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    return axis;
  }

  private String caption() {
    return task.task()
        + ": what models memorize of the measured artifacts while they are fine-tuned on other rows,"
        + " mean over up to "
        + Words.count(task.report().info().seeds().size(), "seed")
        + ". Beside the original model and the controls that forgot, the "
        + Words.count(compared, "method")
        + " with the least memorized as judged, destroyed ones left out.";
  }
}
