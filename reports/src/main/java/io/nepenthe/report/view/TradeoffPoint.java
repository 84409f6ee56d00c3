package io.nepenthe.report.view;

import io.nepenthe.statistics.Statistic;
import io.nepenthe.summary.SummaryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A method's place in the trade-off chart.
 *
 * @param method whose
 * @param memorized across
 * @param utility upwards: accuracy or perplexity
 */
public record TradeoffPoint(MethodView method, Statistic memorized, Statistic utility) {
  private static final int CROWD = 4;
  private static final double LITTLE_MEMORIZED = 0.15;
  private static final double ACCURACY_POINTS = 10;
  private static final double PERPLEXITY_FACTOR = 1.5;

  /** Returns the methods that have both finite statistics, in the tables' order. */
  public static List<TradeoffPoint> all(ReportModel report, String task) {
    List<TradeoffPoint> points = new ArrayList<>();
    for (MethodView method : report.methods()) {
      Optional<SummaryRow> row = report.row(task, method);
      Optional<Statistic> memorized = finite(row, Measure.MEMORIZED);
      Optional<Statistic> utility = finite(row, report.utility(task));
      if (memorized.isPresent() && utility.isPresent()) {
        points.add(new TradeoffPoint(method, memorized.get(), utility.get()));
      }
    }
    return points;
  }

  private static Optional<Statistic> finite(Optional<SummaryRow> row, Measure measure) {
    return row.flatMap(measure::of)
        .filter(
            each ->
                Double.isFinite(each.mean())
                    && Double.isFinite(each.min())
                    && Double.isFinite(each.max()));
  }

  /**
   * Returns the points that crowd in the best corner, near no memorization and near the original
   * model's utility; none if they are few or the chart shows little else.
   */
  public static List<TradeoffPoint> crowd(List<TradeoffPoint> points, Measure utility) {
    Optional<TradeoffPoint> original =
        points.stream().filter(point -> point.method().isOriginal()).findFirst();
    if (original.isEmpty()) {
      return List.of();
    }
    List<TradeoffPoint> crowd =
        points.stream().filter(point -> point.isGood(original.get(), utility)).toList();
    return crowd.size() < CROWD || crowd.size() == points.size() ? List.of() : crowd;
  }

  private boolean isGood(TradeoffPoint original, Measure measure) {
    double before = original.utility.mean();
    boolean useful =
        measure == Measure.ACCURACY
            ? utility.mean() >= before - ACCURACY_POINTS
            : utility.mean() <= before * PERPLEXITY_FACTOR;
    return useful && memorized.mean() <= LITTLE_MEMORIZED * original.memorized.mean();
  }
}
