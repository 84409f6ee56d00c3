package io.nepenthe.report.draw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.report.RunFixture;
import io.nepenthe.report.chart.FrontChart;
import io.nepenthe.report.view.ReportModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FigureFilesTest {
  @TempDir private static Path folder;

  private static Figure figure;

  @BeforeAll
  static void writeOne() throws IOException {
    figure = FrontChart.of(ReportModel.of(RunFixture.run()), RunFixture.MATH).orElseThrow();
    FigureFiles.write(List.of(figure), folder.resolve("one"));
  }

  @Test
  void givesTheSameBytesForTheSameFigure() throws IOException {
    FigureFiles.write(List.of(figure), folder.resolve("two"));
    for (String ending : List.of(".svg", ".pdf", ".png")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("one/figures/" + figure.id() + ending)),
          Files.readAllBytes(folder.resolve("two/figures/" + figure.id() + ending)),
          ending);
    }
  }

  @Test
  void writesAPageAsLargeAsTheDrawingThatSaysNeitherWhenNorWhere() throws IOException {
    Path pdf = folder.resolve("one/figures/" + figure.id() + ".pdf");
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      assertEquals(1, document.getNumberOfPages());
      assertEquals(360, document.getPage(0).getMediaBox().getWidth());
      assertEquals(figure.label(), document.getDocumentInformation().getTitle());
      assertEquals(null, document.getDocumentInformation().getCreationDate());
    }
    String text = Files.readString(pdf, StandardCharsets.ISO_8859_1);
    assertFalse(text.contains("CreationDate"), "holds a date");
  }

  @Test
  void writesPixelsOfThreeHundredDotsPerInch() throws IOException {
    Path png = folder.resolve("one/figures/" + figure.id() + ".png");
    assertEquals(1500, ImageIO.read(png.toFile()).getWidth());
    String text = Files.readString(png, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains("pHYs\0\0.#\0\0.#\1"), "11811 per metre");
  }

  @Test
  void makesNoFolderForNoFigures() throws IOException {
    assertEquals(List.of(), FigureFiles.names(List.of()));
  }
}
