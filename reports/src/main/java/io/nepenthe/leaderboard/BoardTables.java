package io.nepenthe.leaderboard;

import io.nepenthe.metric.Metric;
import io.nepenthe.metric.Metrics;
import io.nepenthe.plugin.Family;
import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.MethodOrder;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.RankingTable;
import io.nepenthe.report.view.RowHead;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.summary.MeasuredTimes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of a board. A column in which no row has anything is left out. */
final class BoardTables {
  private static final String OVER_UNLEARNED = "over-unlearned";

  private BoardTables() {}

  static Table overall(Board board) {
    List<Row> rows = new ArrayList<>();
    for (OverallEntry entry : board.overall()) {
      List<String> notes = new ArrayList<>();
      if (!entry.overUnlearned().isEmpty()) {
        notes.add(OVER_UNLEARNED + " on " + String.join(", ", entry.overUnlearned()));
      }
      if (!entry.missing().isEmpty()) {
        notes.add("no place on " + String.join(", ", entry.missing()));
      }
      rows.add(
          new Row(
              head(
                  entry.name(),
                  entry.method(),
                  entry.family(),
                  false,
                  EntryPage.address(
                      entry.submission(), entry.method(), entry.version(), entry.jar())),
              List.of(
                  Cell.number(entry.place()),
                  cell(entry.rank(), 2),
                  Cell.text(MethodOrder.group(entry.family())),
                  Cell.text(entry.tasks() + " of " + board.counted()).sortedBy(entry.tasks()),
                  Cell.prose(String.join("; ", notes)))));
    }
    return table(
        overallCaption(board),
        List.of(
            Column.text("Method"),
            Column.number("Place"),
            Column.number("Mean rank"),
            Column.text("Family"),
            Column.number("Tasks"),
            Column.text("Note")),
        rows);
  }

  private static String overallCaption(Board board) {
    List<String> others =
        board.tasks().stream().filter(task -> !task.counts()).map(TaskBoard::task).toList();
    return "Methods over "
        + (others.isEmpty() ? "all " : "")
        + board.counted()
        + " tasks, by mean rank"
        + (others.isEmpty() ? "" : "; not counted: " + String.join(", ", others));
  }

  static Table task(TaskBoard task) {
    return table(
        task.task() + ": mean over seeds " + BoardWords.seeds(task.seeds()) + ", 95 % interval",
        List.of(
            Column.text("Method"),
            Column.number("Place"),
            Column.number("Score"),
            Column.number(Metrics.MEMORIZED.heading()),
            Column.number(task.utility().heading()),
            Column.number("Time (s)"),
            Column.text("Tier"),
            Column.text("Note")),
        task.entries().stream().map(entry -> row(task, entry)).toList());
  }

  /** Returns what a place rests on. */
  static Table evidence(TaskBoard task) {
    return table(
        task.task() + ": how methods share places",
        List.of(
            Column.text("Method"),
            Column.text("Tie group"),
            Column.number("p against the best"),
            Column.number("Seeds"),
            Column.text("Family")),
        task.entries().stream().map(BoardTables::evidence).toList());
  }

  private static Row evidence(Entry entry) {
    return new Row(
        head(entry.name(), entry.method(), entry.family(), false, ""),
        List.of(
            entry.tieGroup() == null
                ? Cell.missing()
                : Cell.text(RankingTable.letter(entry.tieGroup())),
            entry.adjustedPWithBest() == null
                ? Cell.missing()
                : Cell.text(RankingTable.p(entry.adjustedPWithBest()))
                    .sortedBy(entry.adjustedPWithBest()),
            Cell.number(entry.seeds().size()),
            Cell.text(MethodOrder.group(entry.family()))));
  }

  /** Returns the metrics beside % memorized and utility. */
  static Table others(TaskBoard task) {
    List<Column> columns = new ArrayList<>(List.of(Column.text("Method")));
    task.others().forEach(metric -> columns.add(Column.number(metric.heading())));
    return table(
        task.task() + ", other metrics: mean over seeds, 95 % interval",
        columns,
        task.entries().stream()
            .map(
                entry ->
                    new Row(
                        head(entry.name(), entry.method(), entry.family(), false, ""),
                        task.others().stream().map(metric -> cell(entry, metric)).toList()))
            .toList());
  }

  private static Cell cell(Entry entry, Metric metric) {
    return cell(entry.metrics().of(metric), metric.decimals());
  }

  private static Row row(TaskBoard task, Entry entry) {
    Cell seconds = cell(entry.seconds(), BoardWords.secondsDecimals(entry.seconds()));
    boolean isSweep = MeasuredTimes.SWEEP.equals(entry.secondsSource());
    return new Row(
        head(
            entry.name(),
            entry.method() + " " + entry.version() + " " + Standing.brief(entry.jar()),
            entry.family(),
            entry.overUnlearned(),
            EntryPage.address(entry.submission(), entry.method(), entry.version(), entry.jar())),
        List.of(
            place(entry),
            cell(entry.score(), 3),
            cell(entry, Metrics.MEMORIZED),
            cell(entry, task.utility()),
            isSweep ? seconds.marked(List.of(Cell.SWEEP)) : seconds,
            entry.submission().isEmpty() ? Cell.text("") : Cell.text(entry.tier().id()),
            Cell.prose(String.join("; ", notes(entry)))));
  }

  private static List<String> notes(Entry entry) {
    List<String> notes = new ArrayList<>();
    if (!entry.notPlaced().isEmpty()) {
      notes.add("not placed: " + String.join("; ", entry.notPlaced()));
    }
    notes.addAll(entry.notes());
    return notes;
  }

  private static Cell place(Entry entry) {
    if (entry.place() == null) {
      return entry.family() == Family.CONTROL ? Cell.text("control") : Cell.missing();
    }
    return Cell.number(entry.place());
  }

  /** The mark stands beside the name, where a narrow screen shows it; the note tells the loss. */
  private static RowHead head(
      String name, String id, Family family, boolean isOverUnlearned, String link) {
    Cell cell = Cell.text(name).ranged(id).linked(link);
    return new RowHead(
        isOverUnlearned ? cell.marked(List.of(OVER_UNLEARNED)) : cell,
        MethodOrder.group(family),
        null,
        "");
  }

  static Table sources(Board board) {
    List<Row> rows = new ArrayList<>();
    for (Source source : board.runs()) {
      rows.add(
          Row.of(
              Cell.text(source.suite()),
              List.of(
                  Cell.prose(String.join(", ", source.tasks())),
                  Cell.text(BoardWords.seeds(source.seeds())),
                  Cell.number(source.trials()),
                  source.missing() == 0 ? Cell.missing() : Cell.number(source.missing()),
                  Cell.prose(String.join(", ", source.damaged())),
                  Cell.text(source.machine()))));
    }
    return table(
        "Runs",
        List.of(
            Column.text("Suite"),
            Column.text("Tasks"),
            Column.text("Seeds"),
            Column.number("Trials"),
            Column.number("Missing"),
            Column.text("Damaged"),
            Column.text("Machine")),
        rows);
  }

  private static Table table(String caption, List<Column> columns, List<Row> rows) {
    return Table.of(caption, Table.Order.SORTABLE, columns, rows).withoutEmptyColumns();
  }

  /** Returns a mean with its interval. */
  static Cell cell(@Nullable Value value, int decimals) {
    return value == null || value.mean() == null
        ? Cell.missing()
        : Cell.text(BoardWords.mean(value, decimals))
            .ranged(Numbers.interval(value.low(), value.high(), decimals))
            .sortedBy(value.mean());
  }
}
