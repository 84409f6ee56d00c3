package io.nepenthe.leaderboard;

import io.nepenthe.report.html.Html;
import io.nepenthe.report.view.Numbers;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An HTML table whose headings are buttons that sort it. Cells carry what they are sorted by where
 * that is not what they show. A column in which no row has anything is left out.
 */
final class SortableTable {
  private final String caption;
  private final List<String> headings = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final BitSet filled = new BitSet();

  private record Row(String tag, List<String> cells) {}

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
    headings.add(
        "<th scope=\"col\" class=\"%s\"><button type=\"button\">%s</button></th>"
            .formatted(kind, Html.text(heading)));
    return this;
  }

  /** Begins a row. */
  SortableTable row() {
    rows.add(new Row("<tr>", new ArrayList<>()));
    return this;
  }

  /** Begins a row of a family of methods, which can be filtered by it. */
  SortableTable row(String family) {
    rows.add(new Row("<tr data-family=\"" + Html.text(family) + "\">", new ArrayList<>()));
    return this;
  }

  SortableTable heading(String html) {
    return add("<th scope=\"row\">%s</th>", html);
  }

  SortableTable cell(String html) {
    return add("<td>%s</td>", html);
  }

  SortableTable cell(String html, double value) {
    return add("<td class=\"number\" data-value=\"" + value + "\">%s</td>", html);
  }

  SortableTable cell(@Nullable Value value, int decimals) {
    return cell(value, decimals, "");
  }

  /** Adds a mean with its interval below. */
  SortableTable cell(@Nullable Value value, int decimals, String afterHtml) {
    if (value == null || value.mean() == null) {
      return add("<td class=\"number\">%s</td>", Numbers.MISSING);
    }
    String interval = Print.interval(value, decimals);
    return cell(
        Html.text(Print.mean(value, decimals))
            + afterHtml
            + (interval.isEmpty()
                ? ""
                : " <span class=\"range\">" + Html.text(interval) + "</span>"),
        value.mean());
  }

  private SortableTable add(String cell, String html) {
    List<String> cells = rows.get(rows.size() - 1).cells();
    if (!html.isEmpty() && !html.equals(Numbers.MISSING)) {
      filled.set(cells.size());
    }
    cells.add(cell.replace("%s", html));
    return this;
  }

  String html() {
    String body =
        rows.stream()
            .map(row -> row.tag() + shown(row.cells()) + "</tr>\n")
            .collect(Collectors.joining());
    return Html.scrolling(
        caption,
        "<table class=\"sortable\">\n<caption>"
            + Html.text(caption)
            + "</caption>\n<thead><tr>"
            + shown(headings)
            + "</tr></thead>\n<tbody>\n"
            + body
            + "</tbody>\n</table>\n");
  }

  private String shown(List<String> cells) {
    return IntStream.range(0, cells.size())
        .filter(filled::get)
        .mapToObj(cells::get)
        .collect(Collectors.joining());
  }
}
