package io.nepenthe.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void speaksEveryFewSeconds() {
    long[] now = {0};
    List<String> lines = new ArrayList<>();
    ProgressLines progress = new ProgressLines("reading", 10_000_000, lines::add, () -> now[0]);
    for (int second = 0; second < 12; second++) {
      now[0] = second * SECOND;
      progress.done(10_000_000 + second * 1_000_000L, 40_000_000);
    }
    assertEquals(
        List.of(
            "reading: 15 of 40 MB (38 %), about 25 s left",
            "reading: 20 of 40 MB (50 %), about 20 s left"),
        lines);
  }
}
