package io.nepenthe.report.view;

import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.ColumnGroup;
import io.nepenthe.report.view.Table.Order;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.summary.MeasuredTimes;
import io.nepenthe.summary.SummaryRow;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of a report that have a row for each method. */
public final class ResultTables {
  private static final String HEAD = "Method";
  private static final List<Measure> TIMES =
      List.of(Measure.SECONDS, Measure.LOCALIZE, Measure.EDIT, Measure.TUNING, Measure.SWEEP);

  private ResultTables() {}

  /** Returns the table laid out as the paper's Table 1. */
  public static Table main(ReportModel report) {
    List<ColumnGroup> groups = new ArrayList<>();
    for (String task : report.tasks()) {
      groups.add(group(report, task, columns(mainColumns(report, task))));
    }
    List<Row> rows = new ArrayList<>();
    for (MethodView method : report.methods()) {
      List<Cell> cells = new ArrayList<>();
      for (String task : report.tasks()) {
        for (Measure measure : mainColumns(report, task)) {
          cells.add(cell(report, task, method, measure));
        }
      }
      rows.add(Row.of(method, cells));
    }
    return new Table(caption(report), Order.BY_KIND, HEAD, groups, rows);
  }

  private static ColumnGroup group(ReportModel report, String task, List<Column> columns) {
    return new ColumnGroup(report.title(task), task, columns);
  }

  private static List<Column> columns(List<Measure> measures) {
    return measures.stream().map(measure -> Column.number(measure.title())).toList();
  }

  private static List<Measure> mainColumns(ReportModel report, String task) {
    return List.of(Measure.MEMORIZED, report.utility(task), Measure.SECONDS);
  }

  private static String caption(ReportModel report) {
    return "Memorization, utility and time of each method: mean (min–max) over "
        + Words.count(report.info().seeds().size(), "seed")
        + ". "
        + report.timeNote();
  }

  private static Cell cell(ReportModel report, String task, MethodView method, Measure measure) {
    Optional<SummaryRow> row = report.row(task, method);
    Cell cell =
        row.flatMap(measure::of)
            .map(statistic -> Cell.of(measure, statistic, error(row, measure)))
            .orElseGet(Cell::missing)
            .linked(TrialPages.link(report, task, method));
    return cell.isEmpty() && measure != Measure.MEMORIZED
        ? cell
        : cell.marked(marks(report, task, method, measure));
  }

  /** Returns the notes on a method's memorization, or the mark of a time that is not JMH's. */
  static List<String> marks(ReportModel report, String task, MethodView method, Measure measure) {
    if (measure == Measure.MEMORIZED) {
      return footnotes(report, task, method);
    }
    boolean sweep =
        report
            .row(task, method)
            .filter(row -> MeasuredTimes.SWEEP.equals(row.secondsSource()))
            .isPresent();
    return measure == Measure.SECONDS && sweep && report.hasMixedTimes()
        ? List.of(Cell.SWEEP)
        : List.of();
  }

  private static @Nullable Double error(Optional<SummaryRow> row, Measure measure) {
    return measure == Measure.SECONDS ? row.map(SummaryRow::secondsError).orElse(null) : null;
  }

  private static List<String> footnotes(ReportModel report, String task, MethodView method) {
    return report.footnotes().stream()
        .filter(note -> note.task().equals(task) && note.method().equals(method))
        .map(Footnote::mark)
        .toList();
  }

  /** Returns what time was spent on where, on one task; columns without any value are left out. */
  public static Table times(ReportModel report, String task) {
    List<Measure> measures = present(report, task, TIMES);
    List<Measure> columns = measures.isEmpty() ? List.of(Measure.SECONDS) : measures;
    return new Table(
        "Times on " + report.title(task) + ".",
        Order.BY_KIND,
        HEAD,
        List.of(group(report, task, columns(columns))),
        report.methods().stream()
            .map(method -> Row.of(method, cells(report, task, method, columns)))
            .toList());
  }

  private static List<Measure> present(ReportModel report, String task, List<Measure> measures) {
    return measures.stream()
        .filter(each -> report.rows(task).stream().anyMatch(row -> each.of(row).isPresent()))
        .toList();
  }

  private static List<Cell> cells(
      ReportModel report, String task, MethodView method, List<Measure> measures) {
    return measures.stream().map(measure -> cell(report, task, method, measure)).toList();
  }

  /** Returns the other measures of a task; columns without any value are left out. */
  public static Table more(ReportModel report, String task) {
    List<Measure> measures =
        present(report, task, Measure.metrics()).stream()
            .filter(each -> each != Measure.MEMORIZED && each != report.utility(task))
            .toList();
    List<Integer> copies =
        report.rows(task).stream()
            .flatMap(row -> row.memorizedByCopies().keySet().stream())
            .distinct()
            .sorted()
            .toList();
    List<Column> columns = new ArrayList<>(columns(measures));
    copies.forEach(times -> columns.add(Column.number("% Mem, rows repeated " + times + "×")));
    columns.add(Column.number("Trials"));
    List<Row> rows = new ArrayList<>();
    for (MethodView method : report.methods()) {
      Optional<SummaryRow> row = report.row(task, method);
      List<Cell> cells = new ArrayList<>(cells(report, task, method, measures));
      String page = TrialPages.link(report, task, method);
      copies.forEach(times -> cells.add(ofCopies(row, times).linked(page)));
      cells.add(row.map(ResultTables::trials).orElseGet(Cell::missing).linked(page));
      rows.add(Row.of(method, cells));
    }
    return new Table(
        "Other measures on " + report.title(task) + ".",
        Order.BY_KIND,
        HEAD,
        List.of(group(report, task, columns)),
        rows);
  }

  private static Cell ofCopies(Optional<SummaryRow> row, int times) {
    return row.map(each -> each.memorizedByCopies().get(times))
        .map(statistic -> Cell.of(Measure.MEMORIZED, statistic))
        .orElseGet(Cell::missing);
  }

  private static Cell trials(SummaryRow row) {
    if (row.trials() == 0) {
      return Cell.missing();
    }
    int failed = row.failures().size();
    return Cell.text(failed == 0 ? row.trials() + "" : row.trials() + ", " + failed + " not valid");
  }
}
