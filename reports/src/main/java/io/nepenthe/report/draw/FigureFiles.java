package io.nepenthe.report.draw;

import io.nepenthe.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Figures as files for papers: each as SVG, PDF and PNG. */
public final class FigureFiles {
  private FigureFiles() {}

  public static void write(List<Figure> figures, Path folder) throws IOException {
    for (Figure figure : figures) {
      Files.createDirectories(folder);
      Drawing drawing = figure.drawing();
      AtomicFiles.write(folder.resolve(figure.id() + ".svg"), figure.svg());
      AtomicFiles.write(
          folder.resolve(figure.id() + ".pdf"),
          file -> PdfDrawing.write(drawing, figure.label(), file));
      AtomicFiles.write(
          folder.resolve(figure.id() + ".png"), file -> PngDrawing.write(drawing, file));
    }
  }
}
