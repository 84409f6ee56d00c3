package io.nepenthe.report.draw;

import io.nepenthe.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Figures as files for papers: each as SVG, PDF and PNG. */
public final class FigureFiles {
  /** The folder of these files, beside {@code index.html}. */
  public static final String FOLDER = "figures";

  /** The ends of a figure's files. */
  public static final List<String> FORMATS = List.of("svg", "pdf", "png");

  private FigureFiles() {}

  /** Returns the names of the files. */
  public static List<String> names(List<Figure> figures) {
    return figures.stream()
        .flatMap(figure -> FORMATS.stream().map(format -> name(figure, format)))
        .toList();
  }

  private static String name(Figure figure, String format) {
    return FOLDER + "/" + figure.id() + "." + format;
  }

  /**
   * Writes the files.
   *
   * @param folder of the report
   * @throws IOException if a file cannot be written
   */
  public static void write(List<Figure> figures, Path folder) throws IOException {
    Files.createDirectories(folder.resolve(FOLDER));
    for (Figure figure : figures) {
      Drawing drawing = figure.drawing();
      AtomicFiles.write(folder.resolve(name(figure, "svg")), figure.svg());
      AtomicFiles.write(
          folder.resolve(name(figure, "pdf")),
          file -> PdfDrawing.write(drawing, figure.label(), file));
      AtomicFiles.write(
          folder.resolve(name(figure, "png")), file -> PngDrawing.write(drawing, file));
    }
  }
}
