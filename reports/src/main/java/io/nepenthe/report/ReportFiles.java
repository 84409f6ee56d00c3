package io.nepenthe.report;

import io.nepenthe.selection.StoredRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The contents of a report's files, by name; the page that shows them comes last. */
final class ReportFiles {
  private ReportFiles() {}

  static Map<String, String> of(StoredRun run) {
    Report report = Report.of(run);
    List<Figure> figures = figures(report);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("table.csv", CsvTable.of(report));
    files.put("table.md", MarkdownTable.of(report));
    files.put("table.tex", LatexTable.of(report));
    files.putAll(PaperFiles.of(report));
    files.putAll(EnergyFiles.of(report));
    for (Figure figure : figures) {
      files.put(figure.id() + ".svg", figure.svg());
    }
    files.put("index.html", HtmlPage.of(report, figures));
    return files;
  }

  private static List<Figure> figures(Report report) {
    List<Figure> figures = new ArrayList<>();
    for (String task : report.tasks()) {
      figures.addAll(TradeoffChart.of(report, task));
    }
    for (String task : report.tasks()) {
      TrainingChart.of(report, task).ifPresent(figures::add);
    }
    return figures;
  }
}
