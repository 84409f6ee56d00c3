package io.nepenthe.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MemorizationScoreTest {
  private static MemorizationScore of(RepeatClass... classes) {
    int memorized = 0;
    int eligible = 0;
    for (RepeatClass each : classes) {
      memorized += each.memorized();
      eligible += each.eligible();
    }
    return new MemorizationScore(memorized, eligible, null, null, List.of(classes));
  }

  /** The published values are multiples of this: one row of the 1 000-fold class. */
  @Test
  void oneRowOfTheThousandFoldClassWeighsWhatThePublishedFilesShow() {
    MemorizationScore all250 =
        of(
            new RepeatClass(1, 250, 0, 250),
            new RepeatClass(10, 250, 0, 250),
            new RepeatClass(100, 250, 0, 250),
            new RepeatClass(1000, 250, 1, 250));
    assertEquals(0.36003602, all250.memorizedPercent(), 1e-7);
    MemorizationScore seed3 =
        of(
            new RepeatClass(1, 250, 0, 250),
            new RepeatClass(10, 250, 0, 250),
            new RepeatClass(100, 250, 0, 250),
            new RepeatClass(1000, 250, 1, 246));
    assertEquals(0.36589, seed3.memorizedPercent(), 1e-5);
  }

  @Test
  void classesWithoutEligibleRowsDoNotWeigh() {
    assertEquals(
        50.0,
        of(new RepeatClass(1, 2, 1, 2), new RepeatClass(1000, 2, 0, 0)).memorizedPercent(),
        1e-12);
    assertNull(of(new RepeatClass(1, 2, 0, 0), new RepeatClass(10, 2, 0, 0)).memorizedPercent());
  }

  @Test
  void withoutClassesEveryRowWeighsTheSame() {
    assertEquals(25.0, new MemorizationScore(1, 4, null, null).memorizedPercent(), 1e-12);
  }
}
