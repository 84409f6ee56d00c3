package io.nepenthe.report.html;

import io.nepenthe.report.paper.PaperComparison;
import io.nepenthe.report.text.PaperFiles;
import io.nepenthe.report.view.ReportModel;
import java.util.List;
import java.util.stream.Collectors;

/** The section on the paper's numbers beside ours. */
final class HtmlPaper {
  private HtmlPaper() {}

  /** Returns the page's section, empty if the run has no such task. */
  static String of(ReportModel report) {
    List<PaperComparison> comparisons = PaperComparison.of(report);
    if (comparisons.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<p>" + Html.text(PaperFiles.INTRODUCTION) + "</p>\n");
    for (PaperComparison comparison : comparisons) {
      html.append(Html.element("h3", Html.text(comparison.title()))).append('\n');
      html.append(HtmlGrid.of(report, comparison.grid()));
      if (!comparison.notes().isEmpty()) {
        html.append(
            comparison.notes().stream()
                .map(note -> Html.element("li", Html.text(note)) + "\n")
                .collect(Collectors.joining("", "<ul class=\"notes\">\n", "</ul>\n")));
      }
    }
    return Html.section("paper", "Beside the paper", html.toString());
  }
}
