package io.nepenthe.report.draw;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import io.nepenthe.report.text.Escape;
import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;

/**
 * Writes drawings as vector PDFs of one page, text as outlines, so that no reader lacks a font. The
 * file says neither when nor by what it was made: the same drawing gives the same bytes.
 */
public final class PdfDrawing {
  private static final float POINTS_PER_UNIT = 72f / Drawing.UNITS_PER_INCH;

  private PdfDrawing() {}

  public static void write(Drawing drawing, String title, Path file) throws IOException {
    try (PDDocument document = new PDDocument()) {
      document.setDocumentId(0L); // would be the time
      document.getDocumentInformation().setTitle(Escape.line(title));
      PDPage page =
          new PDPage(
              new PDRectangle(
                  drawing.width() * POINTS_PER_UNIT, drawing.height() * POINTS_PER_UNIT));
      document.addPage(page);
      PDFormXObject form = form(document, drawing);
      form.setMatrix(AffineTransform.getScaleInstance(POINTS_PER_UNIT, POINTS_PER_UNIT));
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawForm(form);
      }
      document.save(file.toFile());
    }
  }

  private static PDFormXObject form(PDDocument document, Drawing drawing) throws IOException {
    PdfBoxGraphics2D graphics = new PdfBoxGraphics2D(document, drawing.width(), drawing.height());
    try {
      drawing.content().accept(graphics);
    } finally {
      graphics.dispose();
    }
    return graphics.getXFormObject();
  }
}
