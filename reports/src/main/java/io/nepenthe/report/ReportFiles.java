package io.nepenthe.report;

import io.nepenthe.report.chart.Figures;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.html.HtmlPage;
import io.nepenthe.report.text.CsvTable;
import io.nepenthe.report.text.EnergyFiles;
import io.nepenthe.report.text.LatexTable;
import io.nepenthe.report.text.MarkdownTable;
import io.nepenthe.report.text.PaperFiles;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.summary.StoredRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The contents of a report's text files, by name; the page that shows them comes last. */
public final class ReportFiles {
  private ReportFiles() {}

  public static Map<String, String> of(StoredRun run) {
    ReportModel report = ReportModel.of(run);
    return of(report, Figures.of(report));
  }

  public static Map<String, String> of(ReportModel report, List<Figure> figures) {
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
