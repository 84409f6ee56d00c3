package io.nepenthe.report.text;

import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Note;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.ColumnGroup;
import io.nepenthe.report.view.Table.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table in GitHub's Markdown. Kinds of methods become a column, groups part of headings. */
public final class MarkdownTable {
  private MarkdownTable() {}

  /** Returns the table and a blank line. */
  public static String of(Table table) {
    StringBuilder text = new StringBuilder();
    text.append(line(headings(table))).append(line(rules(table)));
    for (int i = 0; i < table.rows().size(); i++) {
      text.append(line(cells(table, i)));
    }
    return text.append('\n').toString();
  }

  /** Returns the table below its caption. */
  public static String captioned(Table table) {
    return Escape.markdown(table.caption()) + "\n\n" + of(table);
  }

  /** Returns what marks stand for as a list and a blank line; nothing if there are none. */
  static String notes(List<Note> notes) {
    return notes.isEmpty()
        ? ""
        : notes.stream()
            .map(
                note ->
                    "- " + (superscript(note.mark()) + " " + Escape.markdown(note.text())).strip())
            .map(line -> line + "\n")
            .collect(Collectors.joining("", "", "\n"));
  }

  private static String superscript(String mark) {
    return mark.isEmpty() ? "" : "<sup>" + Escape.markdown(mark) + "</sup>";
  }

  private static boolean hasKinds(Table table) {
    return table.order() == Table.Order.BY_KIND;
  }

  private static List<String> headings(Table table) {
    List<String> headings = new ArrayList<>(hasKinds(table) ? List.of("Kind") : List.of());
    headings.add(Escape.markdown(table.head()));
    for (ColumnGroup group : table.groups()) {
      String prefix = table.groups().size() > 1 ? group.title() + ": " : "";
      for (Column column : group.columns()) {
        headings.add(Escape.markdown(prefix + column.heading()));
      }
    }
    return headings;
  }

  private static List<String> rules(Table table) {
    List<String> rules = new ArrayList<>(hasKinds(table) ? List.of("---", "---") : List.of("---"));
    table.columns().forEach(column -> rules.add(column.isNumber() ? "---:" : "---"));
    return rules;
  }

  private static List<String> cells(Table table, int i) {
    Row row = table.rows().get(i);
    List<String> cells = new ArrayList<>();
    if (hasKinds(table)) {
      cells.add(table.startsKind(i) ? Escape.markdown(row.head().kind()) : "");
    }
    cells.add(cell(row.head().cell()));
    row.cells().forEach(cell -> cells.add(cell(cell)));
    return cells;
  }

  private static String cell(Cell cell) {
    return Escape.markdown(cell.plain()) + superscript(String.join(" ", cell.marks()));
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
