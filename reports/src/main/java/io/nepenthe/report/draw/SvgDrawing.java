package io.nepenthe.report.draw;

import io.nepenthe.report.text.Escape;
import java.awt.Dimension;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Writes drawings as SVG elements that can stand in one HTML page together: no XML prolog, no
 * doctype, every id prefixed, text kept as text. No screen is needed.
 */
public final class SvgDrawing {
  private static final String SVG = "http://www.w3.org/2000/svg";

  private SvgDrawing() {}

  /**
   * Returns the drawing as an {@code <svg>} element.
   *
   * @param id prefix of every id
   * @param label read aloud instead of the picture
   */
  public static String of(Drawing drawing, String id, String label) {
    Document document =
        GenericDOMImplementation.getDOMImplementation().createDocument(SVG, "svg", null);
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment(" JFreeChart, drawn by Batik ");
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    graphics.setSVGCanvasSize(new Dimension(drawing.width(), drawing.height()));
    drawing.content().accept(graphics);
    Element root = graphics.getRoot();
    prefixIds(root, id + "-");
    root.setAttributeNS(null, "viewBox", "0 0 " + drawing.width() + " " + drawing.height());
    root.setAttributeNS(null, "role", "img");
    root.setAttributeNS(null, "aria-label", Escape.line(label));
    String text = write(graphics, root);
    graphics.dispose();
    return text.substring(text.indexOf("<svg")).strip() + "\n";
  }

  private static String write(SVGGraphics2D graphics, Element root) {
    StringWriter writer = new StringWriter();
    try {
      graphics.stream(root, writer, false, false);
    } catch (SVGGraphics2DIOException e) {
      throw new UncheckedIOException("The chart cannot be written as SVG", e);
    }
    return writer.toString().replace("\r\n", "\n");
  }

  private static void prefixIds(Element element, String prefix) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      if (attribute.getName().equals("id")) {
        attribute.setValue(prefix + attribute.getValue());
      } else if (attribute.getValue().contains("url(#")) {
        attribute.setValue(attribute.getValue().replace("url(#", "url(#" + prefix));
      } else if (attribute.getName().equals("xlink:href") && attribute.getValue().startsWith("#")) {
        attribute.setValue("#" + prefix + attribute.getValue().substring(1));
      }
    }
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        prefixIds(inner, prefix);
      }
    }
  }
}
