package io.nepenthe.report.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.report.RunFixture;
import io.nepenthe.report.Runs;
import org.junit.jupiter.api.Test;

final class AgainstControlsTest {
  @Test
  void saysOfEachControlWhichMethodsTheTestsTellFromIt() {
    String text = AgainstControls.of(ReportModel.of(RunFixture.run()), RunFixture.MATH);
    assertTrue(text.contains(" Significantly better than No mitigation (paired t-tests"), text);
    assertTrue(text.contains(" Significantly better than Random pruning (paired t-tests"), text);
    assertTrue(text.contains("Holm over 6): "), text);
  }

  @Test
  void saysNothingWhereNothingIsStored() {
    assertEquals("", AgainstControls.of(ReportModel.of(Runs.empty()), RunFixture.MATH));
  }
}
