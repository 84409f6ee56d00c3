package io.nepenthe.report;

import io.nepenthe.selection.StoredRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The contents of a report's text files, by name; the page that shows them comes last. */
final class ReportFiles {
  private ReportFiles() {}

  static Map<String, String> of(StoredRun run) {
    Report report = Report.of(run);
    return of(report, Figures.of(report));
  }

  static Map<String, String> of(Report report, List<Figure> figures) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("table.csv", CsvTable.of(report));
    files.put("table.md", MarkdownTable.of(report));
    files.put("table.tex", LatexTable.of(report));
    files.putAll(PaperFiles.of(report));
    files.putAll(EnergyFiles.of(report));
    files.put("index.html", HtmlPage.of(report, figures));
    return files;
  }
}
