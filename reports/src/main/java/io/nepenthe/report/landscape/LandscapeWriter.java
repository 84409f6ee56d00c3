package io.nepenthe.report.landscape;

import io.nepenthe.files.AtomicFiles;
import io.nepenthe.landscape.Landscape;
import io.nepenthe.landscape.LossLandscapes;
import io.nepenthe.report.draw.Drawing;
import io.nepenthe.report.draw.PdfDrawing;
import io.nepenthe.report.draw.PngDrawing;
import io.nepenthe.report.draw.SvgDrawing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Writes figures of loss landscapes: {@code landscape-map}, from above with contours, and {@code
 * landscape-surface}, each as SVG, PDF and PNG. The same losses give the same bytes.
 */
public final class LandscapeWriter {
  private LandscapeWriter() {}

  /**
   * Writes the figures.
   *
   * @param folder that is there
   * @throws IOException if a file cannot be written
   */
  public static void write(LossLandscapes landscapes, Path folder) throws IOException {
    Objects.requireNonNull(landscapes, "landscapes is null");
    Objects.requireNonNull(folder, "folder is null");
    System.setProperty("java.awt.headless", "true"); // as ReportWriter does
    write("landscape-map", "map", LandscapeMap.of(landscapes), landscapes, folder);
    write("landscape-surface", "surface", LandscapeSurface.of(landscapes), landscapes, folder);
  }

  private static void write(
      String name, String kind, Drawing drawing, LossLandscapes landscapes, Path folder)
      throws IOException {
    String label =
        "Loss around the weights of "
            + landscapes.models().stream().map(Landscape::name).collect(Collectors.joining(", "))
            + ", as "
            + kind;
    AtomicFiles.write(folder.resolve(name + ".svg"), SvgDrawing.of(drawing, name, label));
    AtomicFiles.write(
        folder.resolve(name + ".pdf"), file -> PdfDrawing.write(drawing, label, file));
    AtomicFiles.write(folder.resolve(name + ".png"), file -> PngDrawing.write(drawing, file));
  }
}
