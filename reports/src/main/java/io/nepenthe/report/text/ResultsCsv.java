package io.nepenthe.report.text;

import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.statistics.Comparison;
import io.nepenthe.statistics.Interval;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.summary.SummaryRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All statistics for other programs: one line per task and method, every digit, an empty field for
 * a missing value.
 */
public final class ResultsCsv {
  /** Columns never move: later metrics follow behind all that the first version had. */
  private static final int FIRST_METRICS = 5;

  private static final List<Measure> FIRST =
      Stream.concat(
              Measure.metrics().stream().limit(FIRST_METRICS),
              Stream.of(Measure.SECONDS, Measure.LOCALIZE, Measure.EDIT, Measure.SWEEP))
          .toList();

  private static final List<Measure> LATER =
      Measure.metrics().stream().skip(FIRST_METRICS).toList();

  private static final List<String> RANGE = List.of("Mean", "Min", "Max");
  private static final List<String> SPREAD =
      List.of("StandardDeviation", "IntervalLow", "IntervalHigh");
  private static final List<Metric> ONE_SETTING =
      List.of(Metrics.MEMORIZED, Metrics.ACCURACY, Metrics.PERPLEXITY);
  private static final List<Column> COLUMNS = columns();
  private static final int NOTE = COLUMNS.stream().map(Column::heading).toList().indexOf("note");

  private ResultsCsv() {}

  public static String of(ReportModel report) {
    return of(report, report.tasks());
  }

  /** Returns the lines of some tasks. */
  public static String of(ReportModel report, List<String> tasks) {
    List<Row> rows = new ArrayList<>();
    for (String task : tasks) {
      for (MethodView method : report.methods()) {
        rows.add(Row.ofTexts(line(report, task, method)));
      }
    }
    return CsvTable.of(Table.of("", Table.Order.FIXED, COLUMNS, rows));
  }

  private static List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    List.of("task", "method", "name", "family")
        .forEach(heading -> columns.add(Column.text(heading)));
    columns.add(Column.number("seeds"));
    columns.addAll(parts(FIRST));
    columns.add(Column.text("memorizedPercentByCopies"));
    columns.add(Column.text("secondsSource"));
    List.of("secondsError", "tuningSecondsMean", "trials")
        .forEach(heading -> columns.add(Column.number(heading)));
    List.of("settings", "failures", "note").forEach(heading -> columns.add(Column.text(heading)));
    columns.addAll(parts(LATER));
    Stream.concat(FIRST.stream(), LATER.stream())
        .flatMap(each -> SPREAD.stream().map(part -> each.id() + part))
        .map(Column::number)
        .forEach(columns::add);
    RANGE.forEach(part -> columns.add(Column.number("memorizedRowsPercent" + part)));
    columns.add(Column.text("timeNote"));
    List.of("place", "tieGroup", "pWithFirstOfPlace", "pWithBest")
        .forEach(heading -> columns.add(Column.number(heading)));
    columns.add(Column.text("oneSetting"));
    ONE_SETTING.forEach(each -> columns.add(Column.number(holdout(each))));
    columns.add(Column.number("workTokens"));
    return List.copyOf(columns);
  }

  private static String holdout(Metric metric) {
    String id = metric.id();
    return "holdout" + id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
  }

  private static List<Column> parts(List<Measure> measures) {
    return measures.stream()
        .flatMap(each -> RANGE.stream().map(part -> each.id() + part))
        .map(Column::number)
        .toList();
  }

  private static List<String> line(ReportModel report, String task, MethodView method) {
    Optional<SummaryRow> found = report.row(task, method);
    List<String> line = new ArrayList<>(List.of(task, method.id(), method.label()));
    if (found.isEmpty()) {
      line.addAll(Collections.nCopies(COLUMNS.size() - line.size(), ""));
      line.set(NOTE, "no result is stored.");
      return line;
    }
    SummaryRow row = found.get();
    line.add(method.isOriginal() ? SummaryRow.ORIGINAL : row.family().id());
    line.add(row.seeds().stream().map(Object::toString).collect(Collectors.joining(" ")));
    FIRST.forEach(measure -> line.addAll(numbers(measure.of(row))));
    line.add(byCopies(row));
    line.add(
        row.seconds() == null || row.secondsSource() == null
            ? ""
            : row.secondsSource().toLowerCase(Locale.ROOT));
    line.add(row.secondsError() == null ? "" : Numbers.exact(row.secondsError()));
    line.add(Measure.TUNING.of(row).map(tuning -> Numbers.exact(tuning.mean())).orElse(""));
    line.add(Integer.toString(row.trials()));
    line.add(settings(row));
    line.add(String.join(" | ", row.failures()));
    line.add(row.note());
    LATER.forEach(measure -> line.addAll(numbers(measure.of(row))));
    Stream.concat(FIRST.stream(), LATER.stream())
        .forEach(measure -> line.addAll(spread(measure.of(row))));
    line.addAll(numbers(report.memorizedRows(task, method)));
    line.add(row.timeNote());
    line.addAll(ranking(report, task, method));
    line.addAll(oneSetting(row));
    line.add(report.work(task, method).map(work -> Numbers.exact(work.mean())).orElse(""));
    return line;
  }

  private static List<String> ranking(ReportModel report, String task, MethodView method) {
    return report
        .selection(task)
        .flatMap(
            selection ->
                selection.ranking().places().stream()
                    .filter(place -> place.id().equals(method.id()))
                    .findFirst())
        .map(
            place ->
                List.of(
                    Integer.toString(place.place()),
                    Integer.toString(place.group()),
                    p(place.comparison()),
                    p(place.withBest())))
        .orElseGet(() -> List.of("", "", "", ""));
  }

  private static String p(@Nullable Comparison comparison) {
    return comparison == null || comparison.adjustedP() == null
        ? ""
        : Numbers.exact(comparison.adjustedP());
  }

  private static List<String> oneSetting(SummaryRow row) {
    List<String> line = new ArrayList<>();
    line.add(
        row.sharedHyperparameters() == null ? "" : Numbers.settings(row.sharedHyperparameters()));
    for (Metric metric : ONE_SETTING) {
      Statistic value = row.sharedHoldout() == null ? null : row.sharedHoldout().of(metric);
      line.add(value == null ? "" : Numbers.exact(value.mean()));
    }
    return line;
  }

  private static List<String> numbers(Optional<Statistic> found) {
    return found
        .map(each -> exact(each.mean(), each.min(), each.max()))
        .orElseGet(() -> exact(null, null, null));
  }

  private static List<String> spread(Optional<Statistic> found) {
    Interval interval = found.map(Statistic::interval).orElse(null);
    return exact(
        found.map(Statistic::standardDeviation).orElse(null),
        interval == null ? null : interval.low(),
        interval == null ? null : interval.high());
  }

  private static List<String> exact(@Nullable Double... values) {
    return Stream.of(values).map(each -> each == null ? "" : Numbers.exact(each)).toList();
  }

  private static String byCopies(SummaryRow row) {
    return row.memorizedByCopies().entrySet().stream()
        .map(each -> each.getKey() + ": " + Numbers.exact(each.getValue().mean()))
        .collect(Collectors.joining(" | "));
  }

  private static String settings(SummaryRow row) {
    return new TreeMap<>(row.winners())
        .entrySet().stream()
            .map(
                e -> "seed " + e.getKey() + ": " + Numbers.settings(e.getValue().hyperparameters()))
            .collect(Collectors.joining(" | "));
  }
}
