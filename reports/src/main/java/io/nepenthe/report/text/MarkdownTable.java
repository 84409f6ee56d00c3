package io.nepenthe.report.text;

import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Footnote;
import io.nepenthe.report.view.Grid;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.ResultTables;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The tables in GitHub's Markdown. */
public final class MarkdownTable {
  private MarkdownTable() {}

  public static String of(ReportModel report) {
    StringBuilder text = new StringBuilder();
    text.append("# Results of ").append(Escape.markdown(report.info().suite())).append("\n\n");
    append(text, ResultTables.main(report), report.tasks().size() > 1);
    for (Footnote note : report.footnotes()) {
      text.append("- <sup>").append(note.mark()).append("</sup> ");
      text.append(Escape.markdown(note.text())).append('\n');
    }
    if (!report.footnotes().isEmpty()) {
      text.append('\n');
    }
    for (String task : report.tasks()) {
      text.append("## ").append(Escape.markdown(task)).append("\n\n");
      append(text, ResultTables.times(report, task), false);
      append(text, ResultTables.more(report, task), false);
      text.append(MarkdownSelection.of(report, task));
    }
    return text.toString();
  }

  public static void append(StringBuilder text, Grid grid, boolean nameTasks) {
    List<String> header = new ArrayList<>(List.of("Kind", "Method"));
    for (Grid.Group group : grid.groups()) {
      for (String column : group.columns()) {
        header.add(Escape.markdown(nameTasks ? group.title() + ": " + column : column));
      }
    }
    text.append(Escape.markdown(grid.caption())).append("\n\n");
    text.append(line(header));
    List<String> rule = new ArrayList<>(List.of("---", "---"));
    rule.addAll(Collections.nCopies(grid.width(), "---:"));
    text.append(line(rule));
    for (int i = 0; i < grid.rows().size(); i++) {
      Grid.Row row = grid.rows().get(i);
      List<String> cells = new ArrayList<>();
      cells.add(grid.startsGroup(i) ? row.method().group() : "");
      cells.add(Escape.markdown(row.method().label()));
      row.cells().forEach(cell -> cells.add(cell(cell)));
      text.append(line(cells));
    }
    text.append('\n');
  }

  private static String cell(Cell cell) {
    String marks = String.join(" ", cell.marks());
    return Escape.markdown(cell.plain()) + (marks.isEmpty() ? "" : "<sup>" + marks + "</sup>");
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
