package io.nepenthe.report;

import java.util.stream.Collectors;

/** A grid as an HTML table: one body per kind of method, tasks over their columns. */
final class HtmlGrid {
  private HtmlGrid() {}

  static String of(Grid grid) {
    return Html.scrolling(
        grid.caption(),
        "<table class=\"grid\">\n<caption>"
            + Html.text(grid.caption())
            + "</caption>\n"
            + head(grid)
            + body(grid)
            + "</table>\n");
  }

  private static String head(Grid grid) {
    StringBuilder tasks = new StringBuilder("<th scope=\"col\" rowspan=\"2\">Method</th>");
    StringBuilder columns = new StringBuilder();
    for (Grid.Group group : grid.groups()) {
      tasks.append(
          "<th scope=\"colgroup\" colspan=\"%d\" class=\"first\">%s</th>"
              .formatted(group.columns().size(), Html.text(group.title())));
      for (int i = 0; i < group.columns().size(); i++) {
        columns.append(
            "<th scope=\"col\"%s>%s</th>".formatted(first(i), Html.text(group.columns().get(i))));
      }
    }
    return "<thead>\n<tr>" + tasks + "</tr>\n<tr>" + columns + "</tr>\n</thead>\n";
  }

  private static String body(Grid grid) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < grid.rows().size(); i++) {
      Grid.Row row = grid.rows().get(i);
      if (grid.startsGroup(i)) {
        body.append(i == 0 ? "" : "</tbody>\n").append("<tbody>\n");
        body.append(
            "<tr class=\"kind\"><th scope=\"rowgroup\">%s</th><td colspan=\"%d\"></td></tr>\n"
                .formatted(Html.text(row.method().group()), grid.width()));
      }
      body.append("<tr><th scope=\"row\">").append(Html.method(row.method())).append("</th>");
      body.append(cells(grid, row)).append("</tr>\n");
    }
    return body.append(grid.rows().isEmpty() ? "" : "</tbody>\n").toString();
  }

  private static String cells(Grid grid, Grid.Row row) {
    StringBuilder cells = new StringBuilder();
    int column = 0;
    for (Grid.Group group : grid.groups()) {
      for (int i = 0; i < group.columns().size(); i++) {
        cells.append("<td%s>%s</td>".formatted(first(i), cell(row.cells().get(column++))));
      }
    }
    return cells.toString();
  }

  private static String first(int i) {
    return i == 0 ? " class=\"first\"" : "";
  }

  private static String cell(Cell cell) {
    String marks = cell.marks().stream().map(HtmlGrid::mark).collect(Collectors.joining(" "));
    String range =
        cell.range().isEmpty()
            ? ""
            : " <span class=\"range\">" + Html.text(cell.range()) + "</span>";
    return Html.text(cell.mean()) + (marks.isEmpty() ? "" : Html.element("sup", marks)) + range;
  }

  private static String mark(String mark) {
    boolean isPlain = mark.equals(Cell.SWEEP) || mark.equals(Cell.SUSPICIOUS);
    return isPlain ? mark : "<a href=\"#note-%s\">%s</a>".formatted(mark, mark);
  }
}
