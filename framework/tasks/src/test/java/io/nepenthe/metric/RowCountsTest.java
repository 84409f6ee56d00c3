package io.nepenthe.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RowCountsTest {
  private static RowCounts of(RepeatClass... classes) {
    int memorized = 0;
    int eligible = 0;
    for (RepeatClass each : classes) {
      memorized += each.memorized();
      eligible += each.eligible();
    }
    return new RowCounts(memorized, eligible, List.of(classes));
  }

  /** The published values are multiples of this: one row of the 1 000-fold class. */
  @Test
  void oneRowOfTheThousandFoldClassWeighsWhatThePublishedFilesShow() {
    RowCounts all250 =
        of(
            new RepeatClass(1, 250, 0, 250),
            new RepeatClass(10, 250, 0, 250),
            new RepeatClass(100, 250, 0, 250),
            new RepeatClass(1000, 250, 1, 250));
    assertEquals(0.36003602, all250.percent(), 1e-7);
    RowCounts seed3 =
        of(
            new RepeatClass(1, 250, 0, 250),
            new RepeatClass(10, 250, 0, 250),
            new RepeatClass(100, 250, 0, 250),
            new RepeatClass(1000, 250, 1, 246));
    assertEquals(0.36589, seed3.percent(), 1e-5);
  }

  @Test
  void classesWithoutEligibleRowsDoNotWeigh() {
    assertEquals(
        50.0, of(new RepeatClass(1, 2, 1, 2), new RepeatClass(1000, 2, 0, 0)).percent(), 1e-12);
    assertNull(of(new RepeatClass(1, 2, 0, 0), new RepeatClass(10, 2, 0, 0)).percent());
  }

  @Test
  void withoutClassesEveryRowWeighsTheSame() {
    assertEquals(25.0, new RowCounts(1, 4).percent(), 1e-12);
  }
}
