package io.nepenthe.report.html;

import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the tables can be narrowed down to. Without its script the page does not show it. */
final class HtmlFilter {
  private HtmlFilter() {}

  static String of(ReportModel report) {
    List<String> families = report.methods().stream().map(MethodView::group).distinct().toList();
    String ofFamilies =
        families.stream()
            .map(family -> box("family", family, family))
            .collect(Collectors.joining());
    String ofTasks =
        IntStream.range(0, report.tasks().size())
            .mapToObj(i -> box("task", Integer.toString(i), report.tasks().get(i)))
            .collect(Collectors.joining());
    return """
        <form id="filter" role="search" aria-label="Filter the tables" hidden>
        <label class="find">MethodView <input type="search" name="method" autocomplete="off"></label>
        """
        + choice("Families", ofFamilies)
        + choice("Tasks", ofTasks)
        + "<p><button type=\"reset\">Show all</button> <output></output></p>\n</form>\n";
  }

  private static String choice(String title, String boxes) {
    return "<fieldset>\n<legend>" + title + "</legend>\n" + boxes + "</fieldset>\n";
  }

  private static String box(String name, String value, String label) {
    return "<label><input type=\"checkbox\" name=\"%s\" value=\"%s\" checked> %s</label>\n"
        .formatted(name, Html.text(value), Html.text(label));
  }
}
