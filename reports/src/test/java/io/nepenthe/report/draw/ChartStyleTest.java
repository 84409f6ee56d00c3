package io.nepenthe.report.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.font.FontRenderContext;
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
  void aLabelThatIsTooLongEndsInAnEllipsis() {
    assertEquals("x".repeat(29) + "…", ChartStyle.legendLabel("x".repeat(31)));
  }
}
