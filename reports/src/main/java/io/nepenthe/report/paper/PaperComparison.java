package io.nepenthe.report.paper;

import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Note;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.ResultTables;
import io.nepenthe.report.view.Sentences;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.ColumnGroup;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.report.view.TaskFamily;
import io.nepenthe.report.view.TrialPages;
import io.nepenthe.summary.SummaryRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Part of one of the paper's Tables 1 to 3 beside what a task of the run gave, for the methods that
 * both have.
 */
public final class PaperComparison {
  private final ReportModel report;
  private final String task;
  private final PaperColumn column;
  private final Map<MethodView, Map<String, String>> lines = new LinkedHashMap<>();

  private PaperComparison(ReportModel report, String task, PaperColumn column) {
    this.report = report;
    this.task = task;
    this.column = column;
    PaperTable table = PaperTable.read(column.table());
    for (MethodView method : report.methods()) {
      if (report.row(task, method).isPresent()) {
        paperName(method).flatMap(table::line).ifPresent(line -> lines.put(method, line));
      }
    }
  }

  private Optional<String> paperName(MethodView method) {
    return method.id().equals(SummaryRow.ORIGINAL)
        ? Optional.of(PaperTable.ORIGINAL)
        : Optional.ofNullable(report.info().method(method.id()).paperName());
  }

  /**
   * Returns the comparisons that the run allows, in the paper's order. Of one model at several
   * moments of its training the last one counts. Where other tasks answer to one column, as in the
   * suites of figures, there is none: no single one is its counterpart.
   */
  public static List<PaperComparison> of(ReportModel report) {
    Map<PaperColumn, List<String>> tasks = new LinkedHashMap<>();
    Set<String> earlier = new HashSet<>();
    for (TaskFamily model : TaskFamily.ofOneModel(report)) {
      earlier.addAll(model.tasks());
      earlier.remove(model.last());
    }
    for (String task : report.tasks()) {
      if (earlier.contains(task)) {
        continue;
      }
      PaperColumn.of(report, task)
          .ifPresent(column -> tasks.computeIfAbsent(column, none -> new ArrayList<>()).add(task));
    }
    return tasks.entrySet().stream()
        .filter(each -> each.getValue().size() == 1)
        .map(each -> new PaperComparison(report, each.getValue().get(0), each.getKey()))
        .filter(each -> !each.lines.isEmpty())
        .sorted(PaperComparison::inThePapersOrder)
        .toList();
  }

  private static int inThePapersOrder(PaperComparison one, PaperComparison other) {
    return Integer.compare(one.column.table(), other.column.table());
  }

  public String task() {
    return task;
  }

  public PaperColumn column() {
    return column;
  }

  /** Returns which of the paper's columns stand beside which task. */
  public String title() {
    return "Table " + column.table() + ", " + column.title() + ", beside " + task;
  }

  /** Returns the methods that both have, in the tables' order. */
  public List<MethodView> methods() {
    return List.copyOf(lines.keySet());
  }

  /** Returns a method's numbers: memorization, utility, time. */
  public List<PaperNumber> numbers(MethodView method) {
    Map<String, String> line = line(method);
    Optional<SummaryRow> row = report.row(task, method);
    return column.measures().stream()
        .map(
            measure ->
                PaperNumber.of(
                    measure,
                    column,
                    line,
                    row.flatMap(measure::of).orElse(null),
                    isComparable(measure)))
        .toList();
  }

  /** A perplexity over fewer tokens to choose from is another thing. */
  private boolean isComparable(Measure measure) {
    return measure != Measure.REFERENCE_PERPLEXITY || !report.info().task(task).hasOwnVocabulary();
  }

  private Map<String, String> line(MethodView method) {
    return Objects.requireNonNull(lines.get(method), "the paper has no such method");
  }

  /** Returns the table. */
  public Table table() {
    List<ColumnGroup> groups = new ArrayList<>();
    for (Measure measure : column.measures()) {
      String title =
          measure == Measure.REFERENCE_PERPLEXITY ? Measure.PERPLEXITY.title() : measure.title();
      String difference = measure == Measure.SECONDS ? "ratio" : "diff.";
      groups.add(
          new ColumnGroup(
              title,
              "",
              List.of(Column.number("paper"), Column.number("ours"), Column.number(difference))));
    }
    List<Row> rows = new ArrayList<>();
    for (MethodView method : methods()) {
      List<Cell> cells = new ArrayList<>();
      for (PaperNumber number : numbers(method)) {
        cells.add(number.paperCell());
        cells.add(
            number
                .ourCell()
                .linked(TrialPages.link(report, task, method))
                .marked(ResultTables.marks(report, task, method, number.measure())));
        cells.add(number.differenceCell());
      }
      rows.add(Row.of(method, cells));
    }
    return new Table(caption(), Table.Order.BY_KIND, "Method", groups, rows);
  }

  private String caption() {
    String note = report.info().task(task).note();
    return title()
        + " of "
        + report.info().suite()
        + ". Ours: mean (min–max) over "
        + Sentences.seeds(report.info().seeds())
        + ", fidelity "
        + report.info().fidelity().id()
        + "; "
        + (note.isEmpty() ? "size unknown" : note)
        + ". The paper’s: "
        + column.setting()
        + ". At another size, differences tell of size and method together; times are also of"
        + " other machines."
        + (column.table() == 1 ? "" : " Perplexity is the paper’s, a mean over batches.");
  }

  /** Returns what is known of the paper's numbers of a method here, empty if nothing. */
  public String note(MethodView method) {
    String note = line(method).getOrDefault("note", "");
    boolean ofOtherColumn = note.contains(": ") && !note.startsWith(column.prefix() + ": ");
    return ofOtherColumn ? "" : note;
  }

  /** Returns what the marks of the table stand for, and what is known of the paper's numbers. */
  public List<Note> notes() {
    List<Note> notes = new ArrayList<>(Note.of(report, table()));
    for (MethodView method : methods()) {
      if (!note(method).isEmpty()) {
        boolean marked = numbers(method).stream().anyMatch(PaperNumber::isSuspicious);
        String mark = marked ? Cell.SUSPICIOUS : "";
        notes.add(new Note(mark, method.label() + ", " + note(method) + "."));
      }
    }
    return notes;
  }
}
