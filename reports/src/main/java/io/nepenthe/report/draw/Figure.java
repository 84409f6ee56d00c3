package io.nepenthe.report.draw;

import io.nepenthe.report.view.Section;
import org.jfree.chart.JFreeChart;

/**
 * A drawn chart.
 *
 * @param section of the page that shows it
 * @param task whose numbers it shows; empty if those of several
 * @param id name of its files without the ending; also the prefix of every id within the SVG
 * @param caption what a reader sees in it, plain text
 * @param label read aloud instead of the picture
 * @param drawing what SVG, PDF and PNG show
 */
public record Figure(
    Section section, String task, String id, String caption, String label, Drawing drawing) {
  /** Returns the figure of a chart that needs that height, see {@link ChartStyle#height}. */
  public static Figure of(
      Section section, String id, String caption, String label, JFreeChart chart, int height) {
    int whole = height + ChartStyle.furtherLegendHeight(chart);
    return new Figure(section, "", id, caption, label, Drawing.of(chart, whole));
  }

  /** Returns the same figure, known to show one task alone. */
  public Figure ofTask(String task) {
    return new Figure(section, task, id, caption, label, drawing);
  }

  /** Returns a whole {@code <svg>} element. */
  public String svg() {
    return SvgDrawing.of(drawing, id, label);
  }
}
