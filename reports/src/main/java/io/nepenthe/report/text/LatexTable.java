package io.nepenthe.report.text;

import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Footnote;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.ColumnGroup;
import io.nepenthe.report.view.Table.Row;
import java.util.List;
import java.util.stream.Collectors;

/** A table in LaTeX, for {@code \input}; needs the package booktabs. */
final class LatexTable {
  /** A comment that names the packages. */
  static final String PACKAGES =
      "% Needs \\usepackage[T1]{fontenc} and \\usepackage{booktabs,graphicx}.\n";

  private LatexTable() {}

  static String of(Table table, List<Footnote> footnotes) {
    StringBuilder tex = new StringBuilder();
    tex.append("\\begin{table}\n\\centering\n");
    tex.append("\\caption{").append(Escape.latex(table.caption())).append("}\n");
    tex.append("\\resizebox{\\linewidth}{!}{%\n");
    tex.append("\\begin{tabular}{l").append(alignment(table)).append("}\n\\toprule\n");
    tex.append(table.hasGroups() ? groups(table) : "").append(headings(table));
    tex.append(table.order() == Table.Order.BY_KIND ? "" : "\\midrule\n");
    for (int i = 0; i < table.rows().size(); i++) {
      tex.append(table.startsKind(i) ? kind(table, i) : "").append(line(table.rows().get(i)));
    }
    tex.append("\\bottomrule\n\\end{tabular}}\n");
    for (Footnote note : footnotes) {
      tex.append("\n\\smallskip\\raggedright\\footnotesize\\textsuperscript{");
      tex.append(note.mark()).append("}~").append(Escape.latex(note.text())).append("\\par\n");
    }
    return tex.append("\\end{table}\n").toString();
  }

  private static String alignment(Table table) {
    return table.columns().stream()
        .map(column -> column.isNumber() ? "r" : "l")
        .collect(Collectors.joining());
  }

  private static String groups(Table table) {
    StringBuilder titles = new StringBuilder();
    StringBuilder rules = new StringBuilder();
    int from = 2;
    for (ColumnGroup group : table.groups()) {
      int width = group.columns().size();
      titles
          .append(" & \\multicolumn{" + width + "}{c}{")
          .append(Escape.latex(group.title()))
          .append("}");
      rules.append("\\cmidrule(lr){" + from + "-" + (from + width - 1) + "}");
      from += width;
    }
    return titles + " \\\\\n" + rules + "\n";
  }

  private static String headings(Table table) {
    return Escape.latex(table.head())
        + table.columns().stream()
            .map(column -> " & " + Escape.latex(column.heading()))
            .collect(Collectors.joining())
        + " \\\\\n";
  }

  private static String kind(Table table, int i) {
    String kind = Escape.latex(table.rows().get(i).head().kind());
    return "\\midrule\n\\multicolumn{%d}{l}{\\textit{%s}} \\\\\n"
        .formatted(table.width() + 1, kind);
  }

  private static String line(Row row) {
    return cell(row.head().cell())
        + row.cells().stream().map(cell -> " & " + cell(cell)).collect(Collectors.joining())
        + " \\\\\n";
  }

  private static String cell(Cell cell) {
    String marks = Escape.latex(String.join(" ", cell.marks()));
    return Escape.latex(cell.plain()) + (marks.isEmpty() ? "" : "\\textsuperscript{" + marks + "}");
  }
}
