package io.nepenthe.report.finding;

import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.RankingTable;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.statistics.Comparison;
import io.nepenthe.statistics.Ranking;
import io.nepenthe.statistics.Statistic;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Numbers as findings quote them. */
final class Quoted {
  private Quoted() {}

  /** Returns "0.41 (95 % interval 0.30 to 0.52)", of one value the value alone. */
  static String of(Statistic statistic, int decimals) {
    return of(statistic, decimals, "");
  }

  /** Returns the same of a number with a unit. */
  static String of(Statistic statistic, int decimals, String unit) {
    String interval = Numbers.interval(statistic, decimals);
    return Numbers.decimal(statistic.mean(), decimals)
        + unit
        + (interval.isEmpty() ? "" : " (95 % interval " + interval + ")");
  }

  /** Returns "adjusted p = 0.0312". */
  static String p(double adjusted) {
    return ("adjusted p = " + RankingTable.p(adjusted)).replace("= <", "<");
  }

  /** Returns the p of a comparison, or that it is not tested. */
  static String p(@Nullable Comparison comparison) {
    return comparison == null || comparison.adjustedP() == null
        ? "not tested"
        : p(comparison.adjustedP());
  }

  /** Returns what a method is called. */
  static String name(ReportModel report, String id) {
    return report.method(id).map(MethodView::label).orElse(id);
  }

  /** Returns a measure of a method, over seeds. */
  static Optional<Statistic> measure(
      ReportModel report, String task, String method, Measure measure) {
    return report.method(method).flatMap(each -> report.row(task, each)).flatMap(measure::of);
  }

  /** Returns "an accuracy of 90.1 % (95 % interval ..., original model 91.0 %)". */
  static String utility(ReportModel report, String task, String method) {
    Measure utility = report.utility(task);
    boolean accuracy = utility == Measure.ACCURACY;
    String unit = accuracy ? " %" : "";
    String name = accuracy ? "an accuracy of " : "a perplexity of ";
    return measure(report, task, method, utility)
        .map(
            is ->
                name
                    + of(is, 1, unit)
                    + original(report, task, utility)
                        .map(
                            was ->
                                ", the original model’s being "
                                    + Numbers.decimal(was.mean(), 1)
                                    + unit)
                        .orElse(""))
        .orElse("an unknown utility");
  }

  static Optional<Statistic> original(ReportModel report, String task, Measure measure) {
    return report.methods().stream()
        .filter(MethodView::isOriginal)
        .findFirst()
        .flatMap(each -> report.row(task, each))
        .flatMap(measure::of);
  }

  /** Returns the ranked places of a task that tests could compare, best first. */
  static List<Ranking.Place> places(ReportModel report, String task) {
    return report
        .selection(task)
        .map(selection -> selection.ranking().places())
        .orElse(List.of())
        .stream()
        .filter(place -> place.comparison() != null || place.group() == 1)
        .filter(place -> place.note().isEmpty())
        .toList();
  }
}
