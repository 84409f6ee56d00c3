package io.nepenthe.timing;

import io.nepenthe.machine.DaemonTimer;
import io.nepenthe.machine.NvidiaSmi;
import io.nepenthe.runstore.GpuClocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks at a GPU's clocks while something is timed on it, where its driver tells them. */
final class GpuClockWatch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final long IDLE = 0x1;

  /** Bits that the driver sets, with its names for them; others are settings, and no trouble. */
  private static final Map<Long, String> SLOWED =
      new TreeMap<>(
          Map.of(
              0x4L, "sw_power_cap",
              0x8L, "hw_slowdown",
              0x20L, "sw_thermal_slowdown",
              0x40L, "hw_thermal_slowdown",
              0x80L, "hw_power_brake_slowdown"));

  private final NvidiaSmi smi;
  private final String gpu;
  private final @Nullable DaemonTimer timer;
  private final List<Integer> clocks = new ArrayList<>(); // guarded by this, as the next
  private final Set<String> slowedBy = new TreeSet<>();
  private int limit;

  /**
   * Starts to look.
   *
   * @param gpu as the driver names it; empty if nothing is timed on one
   */
  GpuClockWatch(NvidiaSmi smi, String gpu) {
    this.smi = smi;
    this.gpu = gpu;
    this.timer = gpu.isEmpty() ? null : new DaemonTimer("gpu-clocks", PAUSE, this::look);
  }

  /** Looks once. */
  void look() {
    List<String> told = smi.of(gpu, "clocks.sm", "clocks.max.sm", "clocks_throttle_reasons.active");
    if (!told.isEmpty()) {
      add(told.get(0), told.get(1), told.get(2));
    }
  }

  /** An idle GPU runs as slowly as it can, which says nothing of the times. */
  private synchronized void add(String mhz, String most, String reasons) {
    try {
      long bits = Long.decode(reasons);
      int clock = Integer.parseInt(mhz);
      limit = Integer.parseInt(most);
      if ((bits & IDLE) == 0) {
        clocks.add(clock);
        SLOWED.forEach(
            (bit, name) -> {
              if ((bits & bit) != 0) {
                slowedBy.add(name);
              }
            });
      }
    } catch (NumberFormatException e) {
      // "[N/A]": a GPU that does not tell
    }
  }

  /** Returns what was seen so far; null if nothing was. */
  synchronized @Nullable GpuClocks read() {
    return clocks.isEmpty()
        ? null
        : new GpuClocks(
            clocks.stream().mapToInt(Integer::intValue).min().orElseThrow(),
            clocks.stream().mapToInt(Integer::intValue).max().orElseThrow(),
            limit,
            List.copyOf(slowedBy));
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.close();
    }
  }
}
