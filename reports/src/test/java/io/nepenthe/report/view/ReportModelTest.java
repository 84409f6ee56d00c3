package io.nepenthe.report.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nepenthe.report.VariedRun;
import io.nepenthe.runstore.TaskInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReportModelTest {
  private static TaskInfo task(boolean isSynthetic, @Nullable String computeType) {
    return new TaskInfo(
        "note", "noise", null, null, isSynthetic, false, 2, null, null, "rest", computeType);
  }

  @Test
  void whatATaskIsUnlikeOthersInStandsBesideItsName() {
    ReportModel report =
        ReportModel.of(
            VariedRun.of(
                List.of("plain", "made", "half", "both"),
                id ->
                    task(
                        id.equals("made") || id.equals("both"),
                        id.equals("half") || id.equals("both") ? "bfloat16" : null)));
    assertEquals(
        List.of(
            "plain",
            "made (synthetic text)",
            "half (in bfloat16)",
            "both (synthetic text, in bfloat16)"),
        report.tasks().stream().map(report::title).toList());
  }
}
