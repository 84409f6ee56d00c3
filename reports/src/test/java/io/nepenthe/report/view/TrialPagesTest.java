package io.nepenthe.report.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class TrialPagesTest {
  @Test
  void writesAnyNameAsPartOfAnAddress() {
    assertEquals("a-1_b.c", TrialPages.urlSegment("a-1_b.c"));
    assertEquals("..%2F%22%3E%C3%A9", TrialPages.urlSegment("../\">é"));
  }

  @Test
  void shortensAnIdToTheHashThatTellsItApart() {
    Cell cell = TrialPages.shortened("math-noise-act-0-0a1b2c3d4e5f");
    assertEquals("…2c3d4e5f", cell.text());
    assertEquals("math-noise-act-0-0a1b2c3d4e5f", cell.whole());
  }
}
