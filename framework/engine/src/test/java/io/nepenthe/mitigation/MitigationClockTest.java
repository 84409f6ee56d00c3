package io.nepenthe.mitigation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nepenthe.files.Folders;
import io.nepenthe.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MitigationClockTest {
  private static final long SECOND = 1_000_000_000;

  @TempDir private Path folder;
  private final AtomicLong now = new AtomicLong();

  @BeforeEach
  void claim() throws IOException {
    Folders.make(folder);
    Files.writeString(
        folder.resolve("mitigation.json"),
        Json.pretty(
            new MitigationFolder.Content("nepenthe-mitigation/1", Map.of(), null, 0, null)));
  }

  private MitigationFolder place() {
    return new MitigationFolder(folder);
  }

  private MitigationClock clock(@Nullable Duration budget, long started) {
    return new MitigationClock(place(), budget, started, now::get);
  }

  @Test
  void aBudgetBeginsWithTheCallAndEndsBeforeTheModelIsWritten() {
    now.set(103 * SECOND); // the call began three seconds ago
    MitigationClock clock = clock(Duration.ofSeconds(100), 100 * SECOND);
    assertEquals(OptionalLong.of((100 + 100 - 10) * SECOND), clock.endOfTrials(2e8));
    assertEquals("the budget of 100 s", clock.inWords());
    assertEquals(OptionalLong.empty(), clock(null, 0).endOfTrials(2e8));
  }

  @Test
  void noMoreThanAFifthIsSetAsideForTheEnd() {
    MitigationClock clock = clock(Duration.ofSeconds(100), 0);
    assertEquals(OptionalLong.of(80 * SECOND), clock.endOfTrials(1e12));
  }

  @Test
  void whatEarlierCallsTookIsCountedIn() {
    MitigationClock first = clock(Duration.ofSeconds(100), 0);
    now.set(30 * SECOND);
    first.note();
    assertEquals(30, place().spentSeconds());
    MitigationClock second = clock(Duration.ofSeconds(100), 1000 * SECOND);
    assertEquals(OptionalLong.of((1000 + 70 - 10) * SECOND), second.endOfTrials(2e8));
    now.set(1005 * SECOND);
    second.note();
    assertEquals(35, place().spentSeconds());
  }

  @Test
  void aCallThatIsKilledLosesLittleOfWhatItTook() {
    MitigationClock clock = clock(null, 0);
    double noted = 0;
    for (int second = 1; second <= 59; second++) {
      now.set(second * SECOND);
      clock.noteNowAndThen();
      noted = place().spentSeconds();
      assertTrue(second - noted < 10, second + " s, noted " + noted);
    }
    assertEquals(54, noted); // and not every second
  }
}
