package io.nepenthe.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.nepenthe.machine.NvidiaSmi;
import io.nepenthe.runstore.GpuClocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GpuClockWatchTest {
  @TempDir private Path folder;

  /** Says what a file says, whatever it is asked. */
  private GpuClockWatch watch(Path told) {
    return new GpuClockWatch(
        new NvidiaSmi(List.of("/bin/sh", "-c", "cat " + told, "sh")), "GPU-1234");
  }

  @Test
  void clocksAreThoseOfABusyGpuWithWhatSlowedIt() throws IOException {
    Path told = folder.resolve("told");
    try (GpuClockWatch watch = watch(told)) {
      for (String line :
          List.of(
              "210, 1980, 0x0000000000000001", // idle
              "1755, 1980, 0x0000000000000004", // power cap
              "1980, 1980, 0x0000000000000000",
              "[N/A], 1980, [N/A]")) {
        Files.writeString(told, line + "\n");
        watch.look();
      }
      assertEquals(new GpuClocks(1755, 1980, 1980, List.of("sw_power_cap")), watch.read());
    }
  }

  @Test
  void withoutAGpuOrADriverThereIsNothingToTell() {
    try (GpuClockWatch processor = new GpuClockWatch(NvidiaSmi.here(), "");
        GpuClockWatch silent =
            new GpuClockWatch(new NvidiaSmi(List.of("no-such-program-here")), "0")) {
      silent.look();
      assertNull(processor.read());
      assertNull(silent.read());
    }
  }
}
