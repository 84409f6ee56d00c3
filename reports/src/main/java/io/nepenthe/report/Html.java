package io.nepenthe.report;

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

  static String element(String name, String html) {
    return "<" + name + ">" + html + "</" + name + ">";
  }

  /** Returns text as code, escaped. */
  public static String code(String text) {
    return element("code", text(text));
  }

  static String section(String id, String titleText, String html) {
    return "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n%s</section>\n"
        .formatted(id, id, text(titleText), html);
  }

  /** Returns a table in a container of its own that scrolls sideways, also by keyboard. */
  public static String scrolling(String labelText, String tableHtml) {
    return "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"%s\">\n%s</div>\n"
        .formatted(text(labelText), tableHtml);
  }

  /** Returns a plain table; its first column heads the rows, cells are HTML. */
  static String table(String captionText, List<String> headings, List<List<String>> rowsHtml) {
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
        "<table>\n<caption>%s</caption>\n<thead><tr>%s</tr></thead>\n<tbody>\n%s</tbody>\n</table>\n"
            .formatted(text(captionText), head, body));
  }

  /** Returns hyper-parameters; a line breaks between two of them, not within one. */
  static String settings(Map<String, Number> hyperparameters) {
    String settings = Numbers.settings(hyperparameters).replace(" = ", "\u00a0=\u00a0");
    return "<span class=\"settings\">" + text(settings) + "</span>";
  }

  static String prose(String text) {
    return "<span class=\"prose\">" + text(text) + "</span>";
  }

  /** Returns a method's marker and name. */
  static String method(Method method) {
    String color = method.isOriginal() ? "currentColor" : method.look().hex();
    return ("<span class=\"method\"><svg class=\"mark\" viewBox=\"-8 -8 16 16\" aria-hidden=\"true\">"
            + "<path d=\"%s\" fill=\"%s\"/></svg><span>%s</span></span>")
        .formatted(Marker.svgPath(method.look().marker()), color, text(method.label()));
  }
}
