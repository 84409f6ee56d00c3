package io.nepenthe.report.html;

import io.nepenthe.report.text.Escape;
import io.nepenthe.report.text.TextTable;
import io.nepenthe.report.view.Marker;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.Numbers;
import io.nepenthe.report.view.ReportModel;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Small pieces of HTML. Arguments called "text" are escaped here, those called "html" are not. */
public final class Html {
  private Html() {}

  /** Returns text, escaped. */
  public static String text(String text) {
    return Escape.html(text);
  }

  public static String element(String name, String html) {
    return "<" + name + ">" + html + "</" + name + ">";
  }

  /** Returns text as code, escaped. */
  public static String code(String text) {
    return element("code", text(text));
  }

  public static String section(String id, String titleText, String html) {
    return "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n%s</section>\n"
        .formatted(id, id, text(titleText), html);
  }

  /** Returns a table in a container of its own that scrolls sideways, also by keyboard. */
  public static String scrolling(String labelText, String tableHtml) {
    return "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">\n%s</div>\n"
        .formatted(text(labelText), tableHtml);
  }

  /**
   * Returns a table that the page's script makes sortable; its first column heads the rows, cells
   * are HTML. A row whose first cell is {@link #method} can be filtered.
   */
  public static String table(
      String captionText, List<String> headings, List<List<String>> rowsHtml) {
    return table(" class=\"sortable\"", captionText, headings, rowsHtml);
  }

  /** Returns a table whose rows keep their order. */
  public static String fixedTable(
      String captionText, List<String> headings, List<List<String>> rowsHtml) {
    return table("", captionText, headings, rowsHtml);
  }

  /** Returns a sortable table of plain texts. */
  public static String table(TextTable table) {
    return table(
        table.caption(),
        table.headings(),
        table.rows().stream().map(row -> row.stream().map(Html::text).toList()).toList());
  }

  private static String table(
      String attributes, String captionText, List<String> headings, List<List<String>> rowsHtml) {
    String head =
        headings.stream()
            .map(heading -> "<th scope=\"col\">" + text(heading) + "</th>")
            .collect(Collectors.joining());
    StringBuilder body = new StringBuilder();
    for (List<String> row : rowsHtml) {
      body.append("<tr><th scope=\"row\">").append(row.get(0)).append("</th>");
      row.subList(1, row.size()).forEach(cell -> body.append(element("td", cell)));
      body.append("</tr>\n");
    }
    return scrolling(
        captionText,
        "<table%s>\n<caption>%s</caption>\n<thead><tr>%s</tr></thead>\n<tbody>\n%s</tbody>\n</table>\n"
            .formatted(attributes, text(captionText), head, body));
  }

  /** Returns HTML that is of one task, and goes when the reader filters that task out. */
  public static String ofTask(ReportModel report, String task, String html) {
    return html.isEmpty()
        ? ""
        : "<div data-task=\"%d\">\n%s</div>\n".formatted(report.tasks().indexOf(task), html);
  }

  public static String link(String url, String html) {
    return "<a href=\"" + text(url) + "\">" + html + "</a>";
  }

  /** Returns hyper-parameters; a line breaks between two of them, not within one. */
  public static String settings(Map<String, Number> hyperparameters) {
    String settings = Numbers.settings(hyperparameters).replace(" = ", "\u00a0=\u00a0");
    return "<span class=\"settings\">" + text(settings) + "</span>";
  }

  public static String prose(String text) {
    return "<span class=\"prose\">" + text(text) + "</span>";
  }

  /** Returns a method's marker and name. */
  public static String method(MethodView method) {
    String color = method.isOriginal() ? "currentColor" : method.look().hex();
    return ("<span class=\"method\" data-family=\"%s\"><svg class=\"mark\" viewBox=\"-8 -8 16 16\" aria-hidden=\"true\">"
            + "<path d=\"%s\" fill=\"%s\"/></svg><span>%s</span></span>")
        .formatted(
            text(method.group()),
            Marker.svgPath(method.look().marker()),
            color,
            text(method.label()));
  }
}
