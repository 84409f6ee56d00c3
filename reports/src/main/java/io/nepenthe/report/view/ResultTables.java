package io.nepenthe.report.view;

import io.nepenthe.summary.SummaryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of a report, as grids. */
public final class ResultTables {
  private static final List<Measure> MORE =
      List.of(Measure.PREDICTABLE_ACCURACY, Measure.PERPLEXITY, Measure.REFERENCE_PERPLEXITY);
  private static final List<Measure> TIMES =
      List.of(Measure.SECONDS, Measure.LOCALIZE, Measure.EDIT, Measure.TUNING, Measure.SWEEP);

  private ResultTables() {}

  /** Returns the table laid out as the paper's Table 1. */
  public static Grid main(ReportModel report) {
    List<Grid.Group> groups = new ArrayList<>();
    for (String task : report.tasks()) {
      groups.add(
          new Grid.Group(
              report.title(task), mainColumns(report, task).stream().map(Measure::title).toList()));
    }
    List<Grid.Row> rows = new ArrayList<>();
    for (MethodView method : report.methods()) {
      List<Cell> cells = new ArrayList<>();
      for (String task : report.tasks()) {
        for (Measure measure : mainColumns(report, task)) {
          cells.add(cell(report, task, method, measure));
        }
      }
      rows.add(new Grid.Row(method, cells));
    }
    return new Grid(caption(report), groups, rows);
  }

  private static List<Measure> mainColumns(ReportModel report, String task) {
    return List.of(Measure.MEMORIZED, report.utility(task), Measure.SECONDS);
  }

  private static String caption(ReportModel report) {
    return "Memorization, utility and time of each method: mean (min–max) over "
        + Numbers.count(report.info().seeds().size(), "seed")
        + ". "
        + report.timeNote();
  }

  private static Cell cell(ReportModel report, String task, MethodView method, Measure measure) {
    Optional<SummaryRow> row = report.row(task, method);
    Cell cell =
        row.flatMap(measure::of)
            .map(statistic -> Cell.of(measure, statistic, error(row, measure)))
            .orElseGet(Cell::missing);
    if (measure == Measure.MEMORIZED) {
      return cell.marked(footnotes(report, task, method));
    }
    boolean sweep = row.filter(each -> "sweep".equals(each.secondsSource())).isPresent();
    return measure == Measure.SECONDS && sweep && report.hasMixedTimes() && !cell.isMissing()
        ? cell.marked(List.of(Cell.SWEEP))
        : cell;
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
  public static Grid times(ReportModel report, String task) {
    List<Measure> measures = present(report, task, TIMES);
    List<Measure> columns = measures.isEmpty() ? List.of(Measure.SECONDS) : measures;
    return new Grid(
        "Times on " + report.title(task) + ".",
        List.of(new Grid.Group(report.title(task), columns.stream().map(Measure::title).toList())),
        report.methods().stream()
            .map(method -> new Grid.Row(method, cells(report, task, method, columns)))
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
  public static Grid more(ReportModel report, String task) {
    List<Measure> measures =
        present(report, task, MORE).stream().filter(each -> each != report.utility(task)).toList();
    List<Integer> copies =
        report.rows(task).stream()
            .flatMap(row -> row.memorizedByCopies().keySet().stream())
            .distinct()
            .sorted()
            .toList();
    List<String> columns = new ArrayList<>(measures.stream().map(Measure::title).toList());
    copies.forEach(times -> columns.add("% Mem, rows repeated " + times + "×"));
    columns.add("Trials");
    List<Grid.Row> rows = new ArrayList<>();
    for (MethodView method : report.methods()) {
      List<Cell> cells = new ArrayList<>(cells(report, task, method, measures));
      copies.forEach(times -> cells.add(ofCopies(report.row(task, method), times)));
      cells.add(report.row(task, method).map(ResultTables::trials).orElseGet(Cell::missing));
      rows.add(new Grid.Row(method, cells));
    }
    return new Grid(
        "Other measures on " + report.title(task) + ".",
        List.of(new Grid.Group(report.title(task), columns)),
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
