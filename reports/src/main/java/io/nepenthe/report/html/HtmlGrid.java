package io.nepenthe.report.html;

import io.nepenthe.report.view.Cell;
import io.nepenthe.report.view.Grid;
import io.nepenthe.report.view.ReportModel;
import java.util.stream.Collectors;

/**
 * A grid as an HTML table: one body per kind of method, tasks over their columns, each number a
 * link to the trials behind it.
 */
public final class HtmlGrid {
  private final ReportModel report;
  private final Grid grid;

  private HtmlGrid(ReportModel report, Grid grid) {
    this.report = report;
    this.grid = grid;
  }

  public static String of(ReportModel report, Grid grid) {
    return new HtmlGrid(report, grid).html();
  }

  private String html() {
    return Html.scrolling(
        grid.caption(),
        "<table class=\"grid sortable\">\n<caption>"
            + Html.text(grid.caption())
            + "</caption>\n"
            + head()
            + body()
            + "</table>\n");
  }

  private String head() {
    StringBuilder tasks = new StringBuilder("<th scope=\"col\" rowspan=\"2\">Method</th>");
    StringBuilder columns = new StringBuilder();
    for (Grid.Group group : grid.groups()) {
      tasks.append(
          "<th scope=\"colgroup\" colspan=\"%d\" class=\"first\"%s>%s</th>"
              .formatted(group.columns().size(), ofTask(group), Html.text(group.title())));
      for (int i = 0; i < group.columns().size(); i++) {
        columns.append(
            "<th scope=\"col\"%s>%s</th>"
                .formatted(first(i) + ofTask(group), Html.text(group.columns().get(i))));
      }
    }
    return "<thead>\n<tr>" + tasks + "</tr>\n<tr>" + columns + "</tr>\n</thead>\n";
  }

  /** Returns the attribute by which the columns of a task are filtered; other groups have none. */
  private String ofTask(Grid.Group group) {
    int task = report.tasks().indexOf(task(group));
    return task < 0 ? "" : " data-task=\"" + task + "\"";
  }

  /** Returns the task a group of columns is of; its title if it is of none. */
  private String task(Grid.Group group) {
    return report.tasks().stream()
        .filter(task -> report.title(task).equals(group.title()))
        .findFirst()
        .orElse(group.title());
  }

  private String body() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < grid.rows().size(); i++) {
      Grid.Row row = grid.rows().get(i);
      if (grid.startsGroup(i)) {
        body.append(i == 0 ? "" : "</tbody>\n").append("<tbody>\n");
        body.append(
            ("<tr class=\"kind\" data-family=\"%s\"><th scope=\"rowgroup\">%s</th>"
                    + "<td colspan=\"%d\"></td></tr>\n")
                .formatted(
                    Html.text(row.method().group()),
                    Html.text(row.method().group()),
                    grid.width()));
      }
      body.append("<tr><th scope=\"row\">").append(Html.method(row.method())).append("</th>");
      body.append(cells(row)).append("</tr>\n");
    }
    return body.append(grid.rows().isEmpty() ? "" : "</tbody>\n").toString();
  }

  private String cells(Grid.Row row) {
    StringBuilder cells = new StringBuilder();
    int column = 0;
    for (Grid.Group group : grid.groups()) {
      for (int i = 0; i < group.columns().size(); i++) {
        Cell cell = row.cells().get(column++);
        String mean =
            cell.isMissing()
                ? cell.mean()
                : TrialLinks.of(report, task(group), row.method(), Html.text(cell.mean()));
        cells.append("<td%s>%s</td>".formatted(first(i) + ofTask(group), cell(mean, cell)));
      }
    }
    return cells.toString();
  }

  private static String first(int i) {
    return i == 0 ? " class=\"first\"" : "";
  }

  private static String cell(String mean, Cell cell) {
    String marks = cell.marks().stream().map(HtmlGrid::mark).collect(Collectors.joining(" "));
    String range =
        cell.range().isEmpty()
            ? ""
            : " <span class=\"range\">" + Html.text(cell.range()) + "</span>";
    return mean + (marks.isEmpty() ? "" : Html.element("sup", marks)) + range;
  }

  private static String mark(String mark) {
    boolean isPlain = mark.equals(Cell.SWEEP) || mark.equals(Cell.SUSPICIOUS);
    return isPlain ? mark : "<a href=\"#note-%s\">%s</a>".formatted(mark, mark);
  }
}
