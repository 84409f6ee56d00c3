package io.nepenthe.report.text;

import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Note;
import io.nepenthe.report.view.Table;
import io.nepenthe.report.view.Table.Column;
import io.nepenthe.report.view.Table.ColumnGroup;
import io.nepenthe.report.view.Table.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table in LaTeX, for {@code \input}. Ranges stand in small print below their numbers, so that
 * the table has room on a page at a size that can be read; what its marks stand for, below the
 * table.
 */
final class LatexTable {
  /** A comment that names the packages. */
  static final String PACKAGES =
      "% Needs \\usepackage[T1]{fontenc} and \\usepackage{booktabs,adjustbox}.\n";

  /** Letters beside the first column that can still be read when they share a page's width. */
  private static final int MOST_LETTERS = 90;

  /** Letters of a heading that breaks. */
  private static final int LONG = 14;

  /** Letters of a line below a number, which is small. */
  private static final int LONGEST_BELOW = 28;

  /** What the space beside a column takes. */
  private static final int SPACE = 2;

  private LatexTable() {}

  /**
   * Returns the table, in parts if it is too wide for a page.
   *
   * @param label by which a text refers to it
   * @param notes what its marks stand for
   */
  static String of(Table table, String label, Function<Table, List<Note>> notes) {
    List<Table> parts = table.parts(MOST_LETTERS, widths(table));
    StringBuilder tex = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      tex.append(i == 0 ? "" : "\n");
      String of = parts.size() == 1 ? "" : " (%d of %d)".formatted(i + 1, parts.size());
      String name = i == 0 ? label : label + "-" + (i + 1);
      tex.append(one(parts.get(i), table.caption() + of, name, notes.apply(parts.get(i))));
    }
    return tex.toString();
  }

  private static List<Integer> widths(Table table) {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < table.width(); i++) {
      int widest =
          heading(table.columns().get(i)).stream().mapToInt(String::length).max().orElse(0);
      for (Row row : table.rows()) {
        Cell cell = row.cells().get(i);
        int small = below(cell.range()).stream().mapToInt(String::length).max().orElse(0) * 3 / 4;
        widest = Math.max(widest, Math.max(cell.text().length(), small));
      }
      widths.add(widest + SPACE);
    }
    return widths;
  }

  private static String one(Table table, String caption, String label, List<Note> notes) {
    StringBuilder tex = new StringBuilder();
    tex.append("\\begin{table}\n\\centering\\footnotesize\n");
    tex.append("\\setlength{\\belowcaptionskip}{6pt}\\setlength{\\tabcolsep}{4pt}\n");
    tex.append("\\caption{").append(LatexText.of(caption)).append("}\n");
    tex.append("\\label{tab:").append(label).append("}\n");
    tex.append("\\begin{adjustbox}{max width=\\linewidth}\n");
    tex.append("\\begin{tabular}{l").append(alignment(table)).append("}\n\\toprule\n");
    tex.append(table.hasGroups() ? groups(table) : "").append(headings(table));
    tex.append(table.order() == Table.Order.BY_KIND ? "" : "\\midrule\n");
    for (int i = 0; i < table.rows().size(); i++) {
      tex.append(table.startsKind(i) ? kind(table, i) : "").append(lines(table.rows().get(i)));
    }
    tex.append("\\bottomrule\n\\end{tabular}\n\\end{adjustbox}\n");
    return tex.append(notes(notes)).append("\\end{table}\n").toString();
  }

  private static String notes(List<Note> notes) {
    return notes.isEmpty()
        ? ""
        : notes.stream()
            .map(
                note ->
                    (note.mark().isEmpty() ? "" : superscript(note.mark()) + "~")
                        + LatexText.of(note.text())
                        + "\\par\n")
            .collect(
                Collectors.joining(
                    "",
                    "\n\\smallskip\n\\begin{minipage}{\\linewidth}\\raggedright\\footnotesize\n",
                    "\\end{minipage}\n"));
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
          .append(LatexText.of(group.title()))
          .append("}");
      rules.append("\\cmidrule(lr){" + from + "-" + (from + width - 1) + "}");
      from += width;
    }
    return titles + " \\\\\n" + rules + "\n";
  }

  private static String headings(Table table) {
    List<String> headings = new ArrayList<>(List.of(LatexText.of(table.head())));
    for (Column column : table.columns()) {
      String lines =
          heading(column).stream().map(LatexText::of).collect(Collectors.joining("\\\\"));
      headings.add(lines.contains("\\\\") ? "\\shortstack[r]{" + lines + "}" : lines);
    }
    return line(headings);
  }

  /** Returns the lines of a heading: a long one breaks, so that it does not widen its column. */
  private static List<String> heading(Column column) {
    String heading = column.heading();
    int half = heading.length() / 2;
    return IntStream.range(0, heading.length() < LONG ? 0 : heading.length())
        .filter(i -> heading.charAt(i) == ' ')
        .boxed()
        .min(Comparator.comparingInt(i -> Math.abs(i - half)))
        .map(i -> List.of(heading.substring(0, i), heading.substring(i + 1)))
        .orElse(List.of(heading));
  }

  private static String kind(Table table, int i) {
    String kind = LatexText.of(table.rows().get(i).head().kind());
    return "\\midrule\n\\multicolumn{%d}{l}{\\textit{%s}} \\\\\n"
        .formatted(table.width() + 1, kind);
  }

  private static String lines(Row row) {
    List<String> numbers = new ArrayList<>(List.of(cell(row.head().cell())));
    List<String> ranges = new ArrayList<>(List.of(""));
    for (Cell cell : row.cells()) {
      numbers.add(cell(cell));
      String lines =
          below(cell.range()).stream().map(LatexText::of).collect(Collectors.joining("\\\\"));
      String range = lines.contains("\\\\") ? "\\shortstack[r]{" + lines + "}" : lines;
      ranges.add(range.isEmpty() ? "" : "{\\scriptsize " + range + "}");
    }
    boolean ranged = ranges.stream().anyMatch(range -> !range.isEmpty());
    return ranged ? line(numbers) + line(ranges) + "\\addlinespace[1pt]\n" : line(numbers);
  }

  /** Returns the lines below a number: a range is one, a setting breaks between two parameters. */
  private static List<String> below(String range) {
    List<String> lines = new ArrayList<>();
    for (String part : range.split("(?<=,) ", -1)) {
      int last = lines.size() - 1;
      if (last >= 0 && lines.get(last).length() + part.length() < LONGEST_BELOW) {
        lines.set(last, lines.get(last) + " " + part);
      } else {
        lines.add(part);
      }
    }
    return lines;
  }

  private static String line(List<String> cells) {
    return String.join(" & ", cells) + " \\\\\n";
  }

  private static String cell(Cell cell) {
    String marks = String.join(" ", cell.marks());
    return LatexText.of(cell.text()) + (marks.isEmpty() ? "" : superscript(marks));
  }

  private static String superscript(String mark) {
    return "\\textsuperscript{" + LatexText.of(mark) + "}";
  }
}
