package io.nepenthe.report;

import io.nepenthe.statistics.Statistic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The paper's numbers beside ours, as part of the page and as files of their own. */
final class PaperFiles {
  private static final String INTRODUCTION =
      "Numbers of the paper ("
          + PaperTable.SOURCE
          + ") as printed there. Those marked "
          + Cell.SUSPICIOUS
          + " cannot be right or look like slips, and are compared with nothing. Differences are ours"
          + " minus the paper’s, ratios ours over the paper’s. With up to three seeds, (min–max) is also the 95 % bootstrap interval of the mean.";
  private static final String HEADER =
      "table,column,task,method,measure,paper,suspicious,ours,min,max,intervalLow,intervalHigh,"
          + "difference,seeds,suite,fidelity,note";

  private PaperFiles() {}

  /** Returns paper.csv, paper.md and paper.tex; nothing if the run has no such task. */
  static Map<String, String> of(Report report) {
    List<PaperComparison> comparisons = PaperComparison.of(report);
    Map<String, String> files = new LinkedHashMap<>();
    if (!comparisons.isEmpty()) {
      files.put("paper.csv", csv(report, comparisons));
      files.put("paper.md", markdown(comparisons));
      files.put("paper.tex", latex(comparisons));
    }
    return files;
  }

  /** Returns the page's section, empty if the run has no such task. */
  static String section(Report report) {
    List<PaperComparison> comparisons = PaperComparison.of(report);
    if (comparisons.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<p>" + Html.text(INTRODUCTION) + "</p>\n");
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

  private static String markdown(List<PaperComparison> comparisons) {
    StringBuilder text = new StringBuilder("# Beside the paper\n\n");
    text.append(Escape.markdown(INTRODUCTION)).append("\n\n");
    for (PaperComparison comparison : comparisons) {
      text.append("## ").append(Escape.markdown(comparison.title())).append("\n\n");
      MarkdownTable.append(text, comparison.grid(), true);
      comparison.notes().forEach(note -> text.append("- " + Escape.markdown(note) + "\n"));
      text.append(comparison.notes().isEmpty() ? "" : "\n");
    }
    return text.toString();
  }

  private static String latex(List<PaperComparison> comparisons) {
    return comparisons.stream()
        .map(comparison -> LatexTable.table(comparison.grid(), List.of()) + notes(comparison))
        .collect(Collectors.joining("\n", LatexTable.PACKAGES, ""));
  }

  private static String notes(PaperComparison comparison) {
    return comparison.notes().stream()
        .map(note -> "% " + Escape.latex(note) + "\n")
        .collect(Collectors.joining());
  }

  private static String csv(Report report, List<PaperComparison> comparisons) {
    StringBuilder text = new StringBuilder(HEADER + "\r\n");
    for (PaperComparison comparison : comparisons) {
      for (Method method : comparison.methods()) {
        for (PaperNumber number : comparison.numbers(method)) {
          text.append(String.join(",", line(report, comparison, method, number))).append("\r\n");
        }
      }
    }
    return text.toString();
  }

  private static List<String> line(
      Report report, PaperComparison comparison, Method method, PaperNumber number) {
    Statistic ours = number.ours();
    List<String> line = new ArrayList<>();
    line.add(Integer.toString(comparison.column().table()));
    line.add(comparison.column().prefix());
    line.add(Escape.csv(comparison.task()));
    line.add(Escape.csv(method.id()));
    line.add(number.measure().id());
    line.add(exact(number.paper()));
    line.add(Boolean.toString(number.isSuspicious()));
    line.add(exact(ours == null ? null : ours.mean()));
    line.add(exact(ours == null ? null : ours.min()));
    line.add(exact(ours == null ? null : ours.max()));
    line.add(exact(ours == null || ours.interval() == null ? null : ours.interval().low()));
    line.add(exact(ours == null || ours.interval() == null ? null : ours.interval().high()));
    line.add(exact(number.difference().orElse(null)));
    line.add(
        report.row(comparison.task(), method).stream()
            .flatMap(row -> row.seeds().stream())
            .map(Object::toString)
            .collect(Collectors.joining(" ")));
    line.add(Escape.csv(report.info().suite()));
    line.add(report.info().fidelity().id());
    line.add(Escape.csv(comparison.note(method)));
    return line;
  }

  private static String exact(@Nullable Double value) {
    return value == null ? "" : Numbers.exact(value);
  }
}
