package io.nepenthe.report.text;

import io.nepenthe.report.paper.PaperColumn;
import io.nepenthe.report.paper.PaperComparison;
import io.nepenthe.report.paper.PaperNumber;
import io.nepenthe.report.paper.PaperTable;
import io.nepenthe.report.view.Measure;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.Section;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.Row;
import io.nepenthe.statistics.Statistic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The paper's numbers beside ours, as files of their own. */
public final class PaperFiles {
  /** What a reader must know of them. */
  public static final String INTRODUCTION =
      "Numbers of the paper ("
          + PaperTable.SOURCE
          + ") as printed there. Differences are ours minus the paper’s, ratios ours over the"
          + " paper’s. (min–max) is the range over seeds.";

  private static final List<Column> COLUMNS =
      List.of(
          Column.number("table"),
          Column.text("column"),
          Column.text("task"),
          Column.text("method"),
          Column.text("measure"),
          Column.number("paper"),
          Column.text("suspicious"),
          Column.number("ours"),
          Column.number("min"),
          Column.number("max"),
          Column.number("intervalLow"),
          Column.number("intervalHigh"),
          Column.number("difference"),
          Column.number("seeds"),
          Column.text("suite"),
          Column.text("fidelity"),
          Column.text("note"),
          Column.number("ratio"),
          Column.text("unit"));

  private PaperFiles() {}

  /** Returns paper.csv, paper.md and paper.tex; nothing if the run has no such task. */
  public static Map<String, String> of(ReportModel report) {
    List<PaperComparison> comparisons = PaperComparison.of(report);
    Map<String, String> files = new LinkedHashMap<>();
    if (!comparisons.isEmpty()) {
      files.put("paper.csv", csv(report, comparisons));
      files.put("paper.md", markdown(comparisons));
      files.put("paper.tex", latex(comparisons));
    }
    return files;
  }

  private static String markdown(List<PaperComparison> comparisons) {
    StringBuilder text = new StringBuilder("# " + Section.PAPER.title() + "\n\n");
    text.append(Escape.markdown(INTRODUCTION)).append("\n\n");
    for (PaperComparison comparison : comparisons) {
      text.append("## ").append(Escape.markdown(comparison.title())).append("\n\n");
      text.append(MarkdownTable.captioned(comparison.table()));
      text.append(MarkdownTable.notes(comparison.notes()));
    }
    return text.toString();
  }

  private static String latex(List<PaperComparison> comparisons) {
    return comparisons.stream()
        .map(each -> LatexTable.of(each.table(), label(each.column()), part -> each.notes()))
        .collect(Collectors.joining("\n", LatexTable.PACKAGES, ""));
  }

  private static String label(PaperColumn column) {
    return "paper-" + column.table() + "-" + column.prefix();
  }

  private static String csv(ReportModel report, List<PaperComparison> comparisons) {
    List<Row> rows = new ArrayList<>();
    for (PaperComparison comparison : comparisons) {
      for (MethodView method : comparison.methods()) {
        for (PaperNumber number : comparison.numbers(method)) {
          rows.add(Row.ofTexts(line(report, comparison, method, number)));
        }
      }
    }
    return CsvTable.of(Table.of("", Table.Order.FIXED, COLUMNS, rows));
  }

  private static List<String> line(
      ReportModel report, PaperComparison comparison, MethodView method, PaperNumber number) {
    Statistic ours = number.ours();
    List<String> line = new ArrayList<>();
    line.add(Integer.toString(comparison.column().table()));
    line.add(comparison.column().prefix());
    line.add(comparison.task());
    line.add(method.id());
    line.add(number.measure().id());
    line.add(exact(number.paper()));
    line.add(Boolean.toString(number.isSuspicious()));
    line.add(exact(ours == null ? null : ours.mean()));
    line.add(exact(ours == null ? null : ours.min()));
    line.add(exact(ours == null ? null : ours.max()));
    line.add(exact(ours == null || ours.interval() == null ? null : ours.interval().low()));
    line.add(exact(ours == null || ours.interval() == null ? null : ours.interval().high()));
    boolean isRatio = number.measure() == Measure.SECONDS;
    Double compared = number.difference().orElse(null);
    line.add(exact(isRatio ? null : compared));
    line.add(
        report.row(comparison.task(), method).stream()
            .flatMap(row -> row.seeds().stream())
            .map(Object::toString)
            .collect(Collectors.joining(" ")));
    line.add(report.info().suite());
    line.add(report.info().fidelity().id());
    line.add(comparison.note(method));
    line.add(exact(isRatio ? compared : null));
    line.add(isRatio ? "s" : number.measure().id().endsWith("Percent") ? "%" : "");
    return line;
  }

  private static String exact(@Nullable Double value) {
    return value == null ? "" : Numbers.exact(value);
  }
}
