package io.nepenthe.report;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.report.chart.Figures;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.draw.FigureFiles;
import io.nepenthe.report.html.HtmlTrialPage;
import io.nepenthe.report.html.ResultLinks;
import io.nepenthe.report.html.TrialLinks;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.summary.MergedRun;
import io.nepenthe.summary.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes a run's tables, charts and page into a folder.
 *
 * <p>The files are {@code index.html} (self-contained), {@code table.md}, {@code table.csv}, {@code
 * table.tex}, those of the paper's numbers and of energy, every figure of the page as SVG, PDF and
 * PNG in {@code figures/}, and the pages of the trials behind the numbers, {@code
 * trials/TASK_METHOD.html}. They depend on the run alone: the same run gives the same bytes.
 */
public final class ReportWriter {
  private ReportWriter() {}

  /**
   * Writes the report; each file appears whole or not at all, and replaces the one before.
   *
   * @param run what a finished or unfinished run left on disk
   * @param folder made if absent, in the run's folder; links lead from it to the run's results
   * @throws IOException if a file cannot be written
   */
  public static void write(StoredRun run, Path folder) throws IOException {
    write(run, folder, id -> folder.resolve(".."));
  }

  /**
   * Writes one report of several runs, in the same way.
   *
   * @param merged what they left on disk
   * @param folder made if absent; links lead from it to the results in the runs' folders
   * @throws IOException if a file cannot be written
   */
  public static void write(MergedRun merged, Path folder) throws IOException {
    write(merged.run(), folder, id -> merged.folders().getOrDefault(id, folder));
  }

  private static void write(StoredRun run, Path folder, Function<String, Path> runs)
      throws IOException {
    Objects.requireNonNull(run, "run is null");
    Objects.requireNonNull(folder, "folder is null");
    // Before the first class of AWT is loaded: a chart needs no screen and must not look for one.
    System.setProperty("java.awt.headless", "true");
    Files.createDirectories(folder);
    ReportModel report = ReportModel.of(run);
    List<Figure> figures = Figures.of(report);
    FigureFiles.write(figures, folder.resolve("figures"));
    for (Map.Entry<String, String> file : ReportFiles.of(report, figures).entrySet()) {
      AtomicFiles.write(folder.resolve(file.getKey()), file.getValue());
    }
    writeTrials(report, folder.resolve(TrialLinks.FOLDER), runs);
  }

  private static void writeTrials(ReportModel report, Path folder, Function<String, Path> runs)
      throws IOException {
    Files.createDirectories(folder);
    ResultLinks files = new ResultLinks(folder, runs);
    for (String task : report.tasks()) {
      for (MethodView method : report.methods()) {
        Optional<String> page = TrialLinks.page(report, task, method);
        if (page.isPresent()) {
          AtomicFiles.write(
              folder.resolve(page.get()), HtmlTrialPage.of(report, task, method, files));
        }
      }
    }
  }
}
