package io.nepenthe.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {
  @TempDir private Path folder;

  @Test
  void librariesAreNotCounted() throws IOException {
    Path status =
        Files.writeString(
            folder.resolve("status"),
            "Name:\tjava\nVmRSS:\t 3000 kB\nRssAnon:\t 1000 kB\nRssFile:\t 1900 kB\nRssShmem:\t 100 kB\n");
    assertEquals(1100 * 1024, ResidentMemory.bytes(status));
  }

  @Test
  void whoIsGoneHoldsNothing() {
    assertEquals(0, ResidentMemory.bytes(folder.resolve("none")));
  }
}
