package io.nepenthe.report.view;

import io.nepenthe.metric.Metrics;
import io.nepenthe.report.view.Footnote.About;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.ColumnGroup;
import io.nepenthe.report.view.Table.Order;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.statistics.Statistic;
import io.nepenthe.summary.MeasuredTimes;
import io.nepenthe.summary.SummaryRow;
import io.nepenthe.wording.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of a report that have a row for each method. */
public final class ResultTables {
  private static final String HEAD = "Method";

  /** What a reader must know of the choice of settings. */
  private static final String CHOICE =
      "Each seed’s setting is the best on the very rows that it is reported on, which favours methods"
          + " with many settings.";

  private static final String HELD_OUT = "% Mem, held out";

  private static final String HELD_OUT_CHOICE =
      " % Mem, held out, is that of one setting for all seeds, named below it: chosen on one half of"
          + " those rows, measured on the other.";

  private static final List<Measure> TIMES =
      List.of(Measure.SECONDS, Measure.LOCALIZE, Measure.EDIT, Measure.SWEEP, Measure.TUNING);

  /** Times of one measurement; what disturbed it concerns them all. */
  private static final List<Measure> MEASURED =
      List.of(Measure.SECONDS, Measure.LOCALIZE, Measure.EDIT);

  private ResultTables() {}

  /** Returns the table laid out as the paper's Table 1. */
  public static Table main(ReportModel report) {
    return main(report, report.tasks(), caption(report));
  }

  /**
   * Returns the table laid out as the paper's Table 3: models that were mitigated at several
   * moments of their training, at the last of them; nothing if there is none.
   */
  public static Optional<Table> last(ReportModel report) {
    List<TaskFamily> models = TaskFamily.ofOneModel(report);
    if (models.isEmpty()) {
      return Optional.empty();
    }
    String moments =
        Sentences.list(
            models.stream()
                .map(each -> each.name() + " after " + each.moment().words(each.end()))
                .toList());
    String caption = "Each model where it was trained longest: " + moments + ". " + caption(report);
    return Optional.of(main(report, tasksOfLast(report), caption));
  }

  /** Returns the tasks of that table, none if there is none. */
  public static List<String> tasksOfLast(ReportModel report) {
    return TaskFamily.ofOneModel(report).stream().map(TaskFamily::last).toList();
  }

  private static Table main(ReportModel report, List<String> tasks, String caption) {
    List<ColumnGroup> groups = new ArrayList<>();
    for (String task : tasks) {
      List<Column> columns = new ArrayList<>(columns(mainColumns(report, task)));
      if (hasOneSettings(report, task)) {
        columns.add(1, Column.number(HELD_OUT));
      }
      groups.add(group(report, task, columns));
    }
    List<Row> rows = new ArrayList<>();
    for (MethodView method : report.methods()) {
      List<Cell> cells = new ArrayList<>();
      for (String task : tasks) {
        List<Cell> ofTask = new ArrayList<>();
        for (Measure measure : mainColumns(report, task)) {
          ofTask.add(cell(report, task, method, measure));
        }
        if (hasOneSettings(report, task)) {
          ofTask.add(1, heldOut(report, task, method));
        }
        cells.addAll(ofTask);
      }
      rows.add(Row.of(method, cells));
    }
    return new Table(caption, Order.BY_KIND, HEAD, groups, rows);
  }

  private static boolean hasOneSettings(ReportModel report, String task) {
    return report.rows(task).stream().anyMatch(row -> row.sharedHoldout() != null);
  }

  /** Returns what one setting leaves on rows that had no part in its choice, above that setting. */
  private static Cell heldOut(ReportModel report, String task, MethodView method) {
    return report
        .row(task, method)
        .flatMap(
            row ->
                Optional.ofNullable(row.sharedHoldout())
                    .flatMap(held -> Optional.ofNullable(held.of(Metrics.MEMORIZED)))
                    .map(memorized -> Cell.of(Measure.MEMORIZED, memorized).ranged(setting(row))))
        .orElseGet(Cell::missing)
        .linked(TrialPages.link(report, task, method));
  }

  private static String setting(SummaryRow row) {
    Map<String, Number> setting = row.sharedHyperparameters();
    return setting == null || setting.isEmpty() ? "" : "(" + Numbers.settings(setting) + ")";
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
        + report.memorizedNote()
        + " "
        + CHOICE
        + (report.tasks().stream().anyMatch(task -> hasOneSettings(report, task))
            ? HELD_OUT_CHOICE
            : "")
        + " "
        + report.timeNote();
  }

  private static Cell cell(ReportModel report, String task, MethodView method, Measure measure) {
    Optional<SummaryRow> row = report.row(task, method);
    Cell cell =
        row.flatMap(measure::of)
            .map(statistic -> Cell.of(measure, statistic, error(row, measure)))
            .orElseGet(Cell::missing)
            .linked(TrialPages.link(report, task, method));
    return cell.marked(marks(report, task, method, measure));
  }

  /** Returns the marks of a number: of memorization, what concerns all scores of the row. */
  public static List<String> marks(
      ReportModel report, String task, MethodView method, Measure measure) {
    if (measure == Measure.MEMORIZED) {
      return footnotes(report, task, method, About.SCORES);
    }
    if (!MEASURED.contains(measure)) {
      return List.of();
    }
    Optional<SummaryRow> row = report.row(task, method);
    boolean missing = row.flatMap(measure::of).isEmpty();
    if (missing && measure != Measure.SECONDS) {
      return List.of();
    }
    List<String> marks = new ArrayList<>(footnotes(report, task, method, About.TIMES));
    boolean sweep =
        row.filter(each -> MeasuredTimes.SWEEP.equals(each.secondsSource())).isPresent();
    if (sweep && report.hasMixedTimes()) {
      marks.add(Cell.SWEEP);
    }
    return marks;
  }

  private static @Nullable Double error(Optional<SummaryRow> row, Measure measure) {
    return measure == Measure.SECONDS ? row.map(SummaryRow::secondsError).orElse(null) : null;
  }

  private static List<String> footnotes(
      ReportModel report, String task, MethodView method, About about) {
    return report.footnotes().stream()
        .filter(note -> note.task().equals(task) && note.method().equals(method))
        .filter(note -> note.about() == about)
        .map(Footnote::mark)
        .toList();
  }

  /** Returns the head of a row of one task, with the marks of what concerns all its numbers. */
  private static RowHead head(ReportModel report, String task, MethodView method) {
    return RowHead.of(method, footnotes(report, task, method, About.SCORES));
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
            .map(
                method -> new Row(head(report, task, method), cells(report, task, method, columns)))
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
    boolean weighted = report.weighsCopies(task);
    if (weighted) {
      columns.add(Column.number("% Mem, each row once"));
    }
    copies.forEach(times -> columns.add(Column.number("% Mem, rows repeated " + times + "×")));
    columns.add(Column.number("Trials"));
    List<Row> rows = new ArrayList<>();
    for (MethodView method : report.methods()) {
      Optional<SummaryRow> row = report.row(task, method);
      List<Cell> cells = new ArrayList<>(cells(report, task, method, measures));
      String page = TrialPages.link(report, task, method);
      if (weighted) {
        cells.add(ofRows(report.memorizedRows(task, method)).linked(page));
      }
      copies.forEach(times -> cells.add(ofRows(ofCopies(row, times)).linked(page)));
      cells.add(row.map(ResultTables::trials).orElseGet(Cell::missing).linked(page));
      rows.add(new Row(head(report, task, method), cells));
    }
    return new Table(
        "Other measures on " + report.title(task) + ".",
        Order.BY_KIND,
        HEAD,
        List.of(group(report, task, columns)),
        rows);
  }

  private static Optional<Statistic> ofCopies(Optional<SummaryRow> row, int times) {
    return row.map(each -> each.memorizedByCopies().get(times));
  }

  private static Cell ofRows(Optional<Statistic> memorized) {
    return memorized
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
