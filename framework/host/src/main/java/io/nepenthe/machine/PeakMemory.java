package io.nepenthe.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Largest resident memory of this process, where the system tells it (Linux). */
public final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  private PeakMemory() {}

  /** Starts a new measurement, where the system allows it. */
  public static void reset() {
    try {
      Files.writeString(CLEAR, "5");
    } catch (IOException | RuntimeException e) {
      // not Linux, or not allowed: the peak is then that of the whole process
    }
  }

  /** Returns the peak in bytes, null if unknown. */
  public static @Nullable Long bytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmHWM:")) {
          return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException | RuntimeException e) {
      return null;
    }
    return null;
  }
}
