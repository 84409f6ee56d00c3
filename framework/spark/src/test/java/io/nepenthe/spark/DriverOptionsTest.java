package io.nepenthe.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class DriverOptionsTest {
  @TempDir private Path folder;

  @Test
  void unitsAreNamedByListOrFile() throws IOException {
    assertEquals("{3, 7, 8, 9}", DriverOptions.indices("3,7-9").toString());
    Path list = Files.writeString(folder.resolve("list"), "0-1, 5\n");
    assertEquals("{0, 1, 5}", DriverOptions.indices("@" + list).toString());
  }

  @Test
  void aWrongListIsRefused() {
    for (String wrong : List.of("", "x", "3-", "-3", "9-7", "3,,4", "@" + folder.resolve("no"))) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> DriverOptions.indices(wrong), wrong);
      assertTrue(e.getMessage().startsWith("--index"), e.getMessage());
    }
  }

  @Test
  void whatComesAfterTwoDashesIsForUnits() {
    DriverOptions options =
        DriverOptions.of(
            "--plan", "p", "--cache", "c", "--program", "n", "--ship", "--", "--sandbox", "off");
    assertEquals(List.of("--sandbox", "off"), options.unitOptions());
    assertEquals(options.plan().resolve("run"), options.run());
    assertTrue(options.isShipping());
  }

  @Test
  void aMistakeIsALineWithTheUsage() {
    for (String[] wrong :
        List.of(
            new String[] {"--plan", "p"},
            new String[] {"--plan"},
            new String[] {"--plan", "p", "--cache", "c", "--program", "n", "--what"})) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> DriverOptions.of(wrong));
      assertTrue(e.getMessage().contains("Usage: --plan DIR"), e.getMessage());
    }
  }
}
