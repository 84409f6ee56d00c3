package io.nepenthe.report;

import io.nepenthe.checkpoint.AtomicFiles;
import io.nepenthe.selection.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes a run's tables, charts and page into a folder.
 *
 * <p>The files are {@code index.html} (self-contained), {@code table.md}, {@code table.csv}, {@code
 * table.tex}, and every figure of the page as SVG, PDF and PNG in {@code figures/}. They depend on
 * the run alone: the same run gives the same bytes.
 */
public final class ReportWriter {
  private ReportWriter() {}

  /**
   * Writes the report; each file appears whole or not at all, and replaces the one before.
   *
   * @param run what a finished or unfinished run left on disk
   * @param folder made if absent; links lead from it to {@code ../trials/ID.json}
   * @throws IOException if a file cannot be written
   */
  public static void write(StoredRun run, Path folder) throws IOException {
    Objects.requireNonNull(run, "run is null");
    Objects.requireNonNull(folder, "folder is null");
    // Before the first class of AWT is loaded: a chart needs no screen and must not look for one.
    System.setProperty("java.awt.headless", "true");
    Files.createDirectories(folder);
    Report report = Report.of(run);
    List<Figure> figures = Figures.of(report);
    FigureFiles.write(figures, folder.resolve("figures"));
    for (Map.Entry<String, String> file : ReportFiles.of(report, figures).entrySet()) {
      AtomicFiles.write(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
