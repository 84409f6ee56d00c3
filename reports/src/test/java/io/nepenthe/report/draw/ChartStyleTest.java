package io.nepenthe.report.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.report.view.Section;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.font.FontRenderContext;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;

final class ChartStyleTest {
  private static final String LONGEST = "Retrained without artifacts";

  @Test
  void aLegendNamesEveryMethodWhole() {
    assertEquals(LONGEST, ChartStyle.legendLabel(LONGEST));
  }

  @Test
  void twoSuchNamesStandBesideEachOther() {
    FontRenderContext plain = new FontRenderContext(null, true, true);
    double width = ChartStyle.TEXT.getStringBounds(LONGEST, plain).getWidth();
    assertTrue(2 * (width + 40) < ChartStyle.WIDTH, "" + width);
  }

  @Test
  void aLongerNameIsWrappedAndStaysWhole() {
    String name = "Gradient ascent with a retain set, clipped and annealed";
    String label = ChartStyle.legendLabel(name);
    assertEquals("Gradient ascent with a retain\nset, clipped and annealed", label);
    assertEquals("x".repeat(30) + "\nx", ChartStyle.legendLabel("x".repeat(31)));
    assertEquals(
        "a\n" + "x".repeat(30) + "\n" + "x".repeat(9) + " b",
        ChartStyle.legendLabel("a " + "x".repeat(39) + " b"));
  }

  @Test
  void aLegendOfWrappedNamesHasTheirRoom() {
    LegendItemCollection legend = new LegendItemCollection();
    for (String label : List.of("one", "two", "x".repeat(61))) {
      legend.add(Legend.line(label, Color.BLACK, new BasicStroke(1)));
    }
    XYPlot plot = new XYPlot();
    plot.setFixedLegendItems(legend);
    JFreeChart chart = ChartStyle.chart("T", plot, legend.getItemCount());
    assertEquals(2 * 2 * 16, ChartStyle.furtherLegendHeight(chart));
    String svg = Figure.of(Section.TRADEOFF, "f", "C", "L", chart, 300).svg();
    assertTrue(svg.contains("viewBox=\"0 0 480 364\""), svg);
    assertEquals(2, svg.split("x{30}<", -1).length - 1);
  }
}
