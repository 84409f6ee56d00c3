package io.nepenthe.leaderboard;

import io.nepenthe.report.Html;
import org.jspecify.annotations.Nullable;

/**
 * An HTML table whose headings are buttons that sort it. Cells carry what they are sorted by where
 * that is not what they show.
 */
final class SortableTable {
  private final String caption;
  private final StringBuilder head = new StringBuilder();
  private final StringBuilder body = new StringBuilder();
  private boolean started;

  SortableTable(String caption) {
    this.caption = caption;
  }

  SortableTable number(String heading) {
    return column(heading, "number");
  }

  SortableTable text(String heading) {
    return column(heading, "text");
  }

  private SortableTable column(String heading, String kind) {
    head.append(
        "<th scope=\"col\" class=\"%s\"><button type=\"button\">%s</button></th>"
            .formatted(kind, Html.text(heading)));
    return this;
  }

  /** Begins a row of a family of methods. */
  SortableTable row(String family) {
    body.append(started ? "</tr>\n" : "");
    started = true;
    body.append(family.isEmpty() ? "<tr>" : "<tr data-family=\"" + Html.text(family) + "\">");
    return this;
  }

  SortableTable heading(String html) {
    body.append("<th scope=\"row\">").append(html).append("</th>");
    return this;
  }

  SortableTable cell(String html) {
    body.append("<td>").append(html).append("</td>");
    return this;
  }

  SortableTable cell(String html, double value) {
    body.append("<td class=\"number\" data-value=\"").append(value).append("\">");
    body.append(html).append("</td>");
    return this;
  }

  SortableTable cell(@Nullable Value value, int decimals) {
    return cell(value, decimals, "");
  }

  /** Adds a mean with its interval below. */
  SortableTable cell(@Nullable Value value, int decimals, String afterHtml) {
    String interval = Print.interval(value, decimals);
    String html =
        Html.text(Print.mean(value, decimals))
            + afterHtml
            + (interval.isEmpty()
                ? ""
                : " <span class=\"range\">" + Html.text(interval) + "</span>");
    if (value == null || value.mean() == null) {
      body.append("<td class=\"number\">").append(html).append("</td>");
      return this;
    }
    return cell(html, value.mean());
  }

  String html() {
    return Html.scrolling(
        caption,
        "<table class=\"sortable\">\n<caption>%s</caption>\n<thead><tr>%s</tr></thead>\n<tbody>\n%s%s</tbody>\n</table>\n"
            .formatted(Html.text(caption), head, body, started ? "</tr>\n" : ""));
  }
}
