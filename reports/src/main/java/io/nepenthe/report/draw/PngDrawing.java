package io.nepenthe.report.draw;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** Writes drawings as PNG of 300 dots per inch, on white. */
public final class PngDrawing {
  private static final String FORMAT = "javax_imageio_png_1.0";
  private static final int DOTS_PER_INCH = 300;
  private static final long DOTS_PER_METRE = Math.round(DOTS_PER_INCH / 0.0254);
  private static final double DOTS_PER_UNIT = (double) DOTS_PER_INCH / Drawing.UNITS_PER_INCH;

  private PngDrawing() {}

  public static void write(Drawing drawing, Path file) throws IOException {
    BufferedImage image = image(drawing);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
      metadata.mergeTree(FORMAT, resolution());
      writer.write(new IIOImage(image, null, metadata));
    } finally {
      writer.dispose();
    }
  }

  private static BufferedImage image(Drawing drawing) {
    BufferedImage image =
        new BufferedImage(
            dots(drawing.width()), dots(drawing.height()), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      graphics.scale(DOTS_PER_UNIT, DOTS_PER_UNIT);
      drawing.content().accept(graphics);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static int dots(int units) {
    return (int) Math.ceil(units * DOTS_PER_UNIT);
  }

  private static IIOMetadataNode resolution() {
    IIOMetadataNode size = new IIOMetadataNode("pHYs");
    size.setAttribute("pixelsPerUnitXAxis", Long.toString(DOTS_PER_METRE));
    size.setAttribute("pixelsPerUnitYAxis", Long.toString(DOTS_PER_METRE));
    size.setAttribute("unitSpecifier", "meter");
    IIOMetadataNode root = new IIOMetadataNode(FORMAT);
    root.appendChild(size);
    return root;
  }
}
