package io.nepenthe.report.paper;

import io.nepenthe.metric.ByMetric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.metric.RowCounts;
import io.nepenthe.metric.Scores;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.runstore.OriginalResult.CurvePoint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A line of the paper's Figure 16, from its authors' files: memorization and perplexity of a
 * published model over the steps of its training.
 *
 * @param title of the model, as the paper has it
 * @param curve its points, rising
 */
public record PaperTraining(String title, List<CurvePoint> curve) {
  /** Copies the list. */
  public PaperTraining {
    curve = List.copyOf(curve);
  }

  /** Returns the line of the model that a task starts from, nothing if the paper has none. */
  public static Optional<PaperTraining> of(ReportModel report, String task) {
    return PaperColumn.of(report, task)
        .map(PaperTraining::of)
        .filter(training -> !training.curve().isEmpty());
  }

  static PaperTraining of(PaperColumn column) {
    return new PaperTraining(
        column.title(),
        PaperTable.ofFigure(16).lines().stream()
            .filter(line -> column.prefix().equals(line.get("model")))
            .map(PaperTraining::point)
            .toList());
  }

  private static CurvePoint point(Map<String, String> line) {
    double perplexity = number(line, "perplexity");
    Scores scores =
        new Scores(
            new ByMetric<>(
                Map.of(
                    Metrics.MEMORIZED.id(),
                    number(line, "mem_percent"),
                    Metrics.PERPLEXITY.id(),
                    perplexity,
                    Metrics.REFERENCE_PERPLEXITY.id(),
                    perplexity)),
            new RowCounts(0, 0),
            Map.of());
    return new CurvePoint((int) number(line, "step"), Double.NaN, scores);
  }

  private static double number(Map<String, String> line, String column) {
    return Double.parseDouble(Objects.requireNonNull(line.get(column), column));
  }
}
