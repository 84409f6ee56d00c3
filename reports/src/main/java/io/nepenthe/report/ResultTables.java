package io.nepenthe.report;

import io.nepenthe.selection.SummaryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables of a report, as grids. */
final class ResultTables {
  private static final List<Measure> MORE =
      List.of(
          Measure.PREDICTABLE_ACCURACY,
          Measure.PERPLEXITY,
          Measure.LOCALIZE,
          Measure.EDIT,
          Measure.TUNING);

  private ResultTables() {}

  /** Returns the table laid out as the paper's Table 1. */
  static Grid main(Report report) {
    List<Grid.Group> groups = new ArrayList<>();
    for (String task : report.tasks()) {
      groups.add(
          new Grid.Group(task, mainColumns(report, task).stream().map(Measure::title).toList()));
    }
    List<Grid.Row> rows = new ArrayList<>();
    for (Method method : report.methods()) {
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

  private static List<Measure> mainColumns(Report report, String task) {
    return List.of(Measure.MEMORIZED, report.utility(task), Measure.SECONDS);
  }

  private static String caption(Report report) {
    return "Memorization, utility and time of each method: mean (min–max) over "
        + Numbers.count(report.info().seeds().size(), "seed")
        + ". "
        + report.timeNote();
  }

  private static Cell cell(Report report, String task, Method method, Measure measure) {
    Optional<SummaryRow> row = report.row(task, method);
    Cell cell =
        row.flatMap(measure::of)
            .map(statistic -> Cell.of(measure, statistic))
            .orElseGet(Cell::missing);
    if (measure == Measure.MEMORIZED) {
      return cell.marked(footnotes(report, task, method));
    }
    boolean sweep = row.filter(each -> "sweep".equals(each.secondsSource())).isPresent();
    return measure == Measure.SECONDS && sweep && report.hasMixedTimes() && !cell.isMissing()
        ? cell.marked(List.of(Cell.SWEEP))
        : cell;
  }

  private static List<String> footnotes(Report report, String task, Method method) {
    return report.footnotes().stream()
        .filter(note -> note.task().equals(task) && note.method().equals(method))
        .map(Footnote::mark)
        .toList();
  }

  /** Returns the other measures of a task; columns without any value are left out. */
  static Grid more(Report report, String task) {
    List<Measure> measures =
        MORE.stream()
            .filter(each -> each != report.utility(task))
            .filter(each -> report.rows(task).stream().anyMatch(row -> each.of(row).isPresent()))
            .toList();
    List<String> columns = new ArrayList<>(measures.stream().map(Measure::title).toList());
    columns.add("Trials");
    List<Grid.Row> rows = new ArrayList<>();
    for (Method method : report.methods()) {
      List<Cell> cells = new ArrayList<>();
      measures.forEach(measure -> cells.add(cell(report, task, method, measure)));
      cells.add(report.row(task, method).map(ResultTables::trials).orElseGet(Cell::missing));
      rows.add(new Grid.Row(method, cells));
    }
    return new Grid(
        "Other measures on " + task + ".", List.of(new Grid.Group(task, columns)), rows);
  }

  private static Cell trials(SummaryRow row) {
    if (row.trials() == 0) {
      return Cell.missing();
    }
    int failed = row.failures().size();
    return Cell.text(failed == 0 ? row.trials() + "" : row.trials() + ", " + failed + " not valid");
  }
}
