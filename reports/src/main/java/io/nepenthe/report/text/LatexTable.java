package io.nepenthe.report.text;

import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Footnote;
import io.nepenthe.report.view.Grid;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.ResultTables;
import java.util.List;
import java.util.stream.Collectors;

/** The main table and those of times in LaTeX, for {@code \input}; needs the package booktabs. */
public final class LatexTable {
  /** A comment that names the packages. */
  public static final String PACKAGES =
      "% Needs \\usepackage[T1]{fontenc} and \\usepackage{booktabs,graphicx}.\n";

  private LatexTable() {}

  public static String of(ReportModel report) {
    StringBuilder tex = new StringBuilder();
    tex.append(PACKAGES);
    tex.append(table(ResultTables.main(report), report.footnotes()));
    for (String task : report.tasks()) {
      tex.append('\n').append(table(ResultTables.times(report, task), List.of()));
    }
    return tex.toString();
  }

  public static String table(Grid grid, List<Footnote> footnotes) {
    StringBuilder tex = new StringBuilder();
    tex.append("\\begin{table}\n\\centering\n");
    tex.append("\\caption{").append(Escape.latex(grid.caption())).append("}\n");
    tex.append("\\resizebox{\\linewidth}{!}{%\n");
    tex.append("\\begin{tabular}{l").append("r".repeat(grid.width())).append("}\n\\toprule\n");
    tex.append(header(grid));
    for (int i = 0; i < grid.rows().size(); i++) {
      if (grid.startsGroup(i)) {
        tex.append(groupLine(grid, i));
      }
      tex.append(line(grid.rows().get(i)));
    }
    tex.append("\\bottomrule\n\\end{tabular}}\n");
    for (Footnote note : footnotes) {
      tex.append("\n\\smallskip\\raggedright\\footnotesize\\textsuperscript{");
      tex.append(note.mark()).append("}~").append(Escape.latex(note.text())).append("\\par\n");
    }
    return tex.append("\\end{table}\n").toString();
  }

  private static String header(Grid grid) {
    StringBuilder tasks = new StringBuilder();
    StringBuilder rules = new StringBuilder();
    StringBuilder columns = new StringBuilder("Method");
    int from = 2;
    for (Grid.Group group : grid.groups()) {
      int width = group.columns().size();
      tasks.append(" & \\multicolumn{%d}{c}{%s}".formatted(width, Escape.latex(group.title())));
      rules.append("\\cmidrule(lr){%d-%d}".formatted(from, from + width - 1));
      group.columns().forEach(column -> columns.append(" & ").append(Escape.latex(column)));
      from += width;
    }
    return tasks + " \\\\\n" + rules + "\n" + columns + " \\\\\n";
  }

  private static String groupLine(Grid grid, int i) {
    String title = Escape.latex(grid.rows().get(i).method().group());
    return "\\midrule\n\\multicolumn{%d}{l}{\\textit{%s}} \\\\\n"
        .formatted(grid.width() + 1, title);
  }

  private static String line(Grid.Row row) {
    return Escape.latex(row.method().label())
        + row.cells().stream().map(cell -> " & " + cell(cell)).collect(Collectors.joining())
        + " \\\\\n";
  }

  private static String cell(Cell cell) {
    String marks = Escape.latex(String.join(" ", cell.marks()));
    return Escape.latex(cell.plain()) + (marks.isEmpty() ? "" : "\\textsuperscript{" + marks + "}");
  }
}
