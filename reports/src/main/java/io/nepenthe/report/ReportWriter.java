package io.nepenthe.report;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.report.chart.Figures;
import io.nepenthe.report.draw.Figure;
import io.nepenthe.report.draw.FigureFiles;
import io.nepenthe.report.html.ResultLinks;
import io.nepenthe.report.html.TrialPage;
import io.nepenthe.report.view.MethodView;
import io.nepenthe.report.view.ReportModel;
import io.nepenthe.report.view.TrialPages;
import io.nepenthe.runstore.OwnFolder;
import io.nepenthe.summary.MergedRun;
import io.nepenthe.summary.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Writes a run's tables, charts and page into a folder.
 *
 * <p>The files are {@code index.html} (self-contained), {@code table.md}, {@code table.csv}, {@code
 * table.tex}, those of the paper's numbers and of energy, every figure of the page as SVG, PDF and
 * PNG in {@code figures/}, and the pages of the trials behind the numbers, {@code
 * trials/TASK_METHOD.html}. They depend on the run alone: the same run gives the same bytes. What
 * an earlier report left there and this one does not write is deleted.
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
   * Does nothing if a folder is missing, empty, or of an earlier report.
   *
   * @throws io.nepenthe.protocol.NepentheException with IO if it holds anything else
   */
  public static void requireOwn(Path folder) {
    OwnFolder.require(
        folder, "report", "--out", place -> OwnedFiles.areIn(place, OwnedFiles.REPORT));
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
    Map<String, String> texts = ReportFiles.of(report, figures);
    Map<String, TrialsOf> trials = trials(report);
    List<String> names = new ArrayList<>(texts.keySet());
    names.addAll(trials.keySet());
    names.addAll(FigureFiles.names(figures));
    OwnedFiles owned = new OwnedFiles(folder, OwnedFiles.REPORT);
    owned.claim(names);
    FigureFiles.write(figures, folder);
    ResultLinks files = new ResultLinks(folder.resolve(TrialPages.FOLDER), runs);
    Files.createDirectories(folder.resolve(TrialPages.FOLDER));
    for (Map.Entry<String, TrialsOf> page : trials.entrySet()) {
      TrialsOf of = page.getValue();
      AtomicFiles.write(
          folder.resolve(page.getKey()), TrialPage.of(report, of.task(), of.method(), files));
    }
    for (Map.Entry<String, String> text : texts.entrySet()) {
      AtomicFiles.write(folder.resolve(text.getKey()), text.getValue());
    }
    owned.keepOnly(names);
  }

  /** What a page of trials is about. */
  private record TrialsOf(String task, MethodView method) {}

  private static Map<String, TrialsOf> trials(ReportModel report) {
    Map<String, TrialsOf> pages = new LinkedHashMap<>();
    for (String task : report.tasks()) {
      for (MethodView method : report.methods()) {
        String page = TrialPages.link(report, task, method);
        if (!page.isEmpty()) {
          pages.put(page, new TrialsOf(task, method));
        }
      }
    }
    return pages;
  }
}
