package io.nepenthe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.report.finding.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTextTest {
  @Test
  void findingsArePrintedWithoutTheNumbersBehindThem() {
    List<Finding> findings =
        List.of(
            new Finding("All came back on noise.", List.of("noise: 0.1"), true),
            new Finding("Nothing is decided on text.", List.of(), false));
    assertEquals(
        List.of("", "Does it last?", "- All came back on noise.", "- Nothing is decided on text."),
        SummaryText.findings(findings).lines().toList());
  }

  @Test
  void nothingIsPrintedWithoutFindings() {
    assertEquals("", SummaryText.findings(List.of()));
  }
}
