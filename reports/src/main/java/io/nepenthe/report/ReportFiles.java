package io.nepenthe.report;

import io.nepenthe.json.Json;
import io.nepenthe.report.chart.Figures;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.html.HtmlPage;
import io.nepenthe.report.text.ChallengeFiles;
import io.nepenthe.report.text.CsvColumns;
import io.nepenthe.report.text.EnergyFiles;
import io.nepenthe.report.text.PaperFiles;
import io.nepenthe.report.text.ResultsCsv;
import io.nepenthe.report.text.ResultsLatex;
import io.nepenthe.report.text.ResultsMarkdown;
import io.nepenthe.report.view.ManySeedsDocument;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.ResultTables;
import io.nepenthe.retention.ChallengesDocument;
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
    files.put("table.csv", ResultsCsv.of(report));
    List<String> last = ResultTables.tasksOfLast(report);
    if (!last.isEmpty()) {
      files.put("models.csv", ResultsCsv.of(report, last));
    }
    files.put("table.md", ResultsMarkdown.of(report));
    files.put("table.tex", ResultsLatex.of(report));
    files.putAll(PaperFiles.of(report));
    files.putAll(ChallengeFiles.of(report));
    ChallengesDocument challenges = ChallengesDocument.of(report.run());
    if (!challenges.tasks().isEmpty()) {
      files.put("challenges.json", Json.pretty(challenges));
    }
    files.putAll(EnergyFiles.of(report));
    if (!report.manySeeds().isEmpty()) {
      files.put(ManySeedsDocument.FILE, Json.pretty(ManySeedsDocument.of(report)));
    }
    files.put(CsvColumns.FILE, CsvColumns.text());
    files.put("index.html", HtmlPage.of(report, figures, List.copyOf(files.keySet())));
    return files;
  }
}
