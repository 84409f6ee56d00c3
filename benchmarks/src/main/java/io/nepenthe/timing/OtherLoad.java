package io.nepenthe.timing;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;

/**
 * How many cores everything but this process kept busy since this was made: what the machine's
 * processors did less what this process did, over the time that went by.
 */
public final class OtherLoad {
  /** Ticks of the system are 10 ms: over less time than this they say nothing. */
  private static final double SHORTEST_SECONDS = 0.1;

  private static final Path LINUX_TIMES = Path.of("/proc/stat");

  private final DoubleSupplier systemSeconds;
  private final DoubleSupplier ownSeconds;
  private final DoubleSupplier clockSeconds;
  private final double systemStart;
  private final double ownStart;
  private final double clockStart;

  /**
   * Starts to measure.
   *
   * @param systemSeconds processor seconds the whole machine has spent; NaN if unknown
   * @param ownSeconds processor seconds this process has spent; NaN if unknown
   * @param clockSeconds seconds of a clock that never goes back
   */
  OtherLoad(DoubleSupplier systemSeconds, DoubleSupplier ownSeconds, DoubleSupplier clockSeconds) {
    this.systemSeconds = systemSeconds;
    this.ownSeconds = ownSeconds;
    this.clockSeconds = clockSeconds;
    this.systemStart = systemSeconds.getAsDouble();
    this.ownStart = ownSeconds.getAsDouble();
    this.clockStart = clockSeconds.getAsDouble();
  }

  /** Starts to measure what others than this process do. */
  public static OtherLoad start() {
    return new OtherLoad(system(), OtherLoad::ofThisProcess, () -> System.nanoTime() / 1e9);
  }

  /** OSHI takes half a second to look at a machine, so Linux is asked without it. */
  private static DoubleSupplier system() {
    if (Files.isReadable(LINUX_TIMES)) {
      return OtherLoad::ofLinux;
    }
    CentralProcessor processor = new SystemInfo().getHardware().getProcessor();
    return () -> busySeconds(processor.getSystemCpuLoadTicks());
  }

  private static double ofLinux() {
    try (Stream<String> lines = Files.lines(LINUX_TIMES)) {
      return lines.findFirst().map(OtherLoad::linuxSeconds).orElse(Double.NaN);
    } catch (IOException | UncheckedIOException e) {
      return Double.NaN;
    }
  }

  /** Reads "cpu user nice system idle iowait irq softirq steal ...", in hundredths of seconds. */
  static double linuxSeconds(String line) {
    List<String> words = List.of(line.strip().split("\\s+"));
    if (words.size() <= TickType.values().length || !"cpu".equals(words.get(0))) {
      return Double.NaN;
    }
    // in the order of TickType's indices
    return busySeconds(
        words.stream()
            .skip(1)
            .limit(TickType.values().length)
            .mapToLong(Long::parseLong)
            .map(ticks -> ticks * 10)
            .toArray());
  }

  /** Time stolen by other virtual machines counts as busy: they had the core, we had not. */
  private static double busySeconds(long[] milliseconds) {
    long busy = 0;
    for (TickType type : TickType.values()) {
      if (type != TickType.IDLE && type != TickType.IOWAIT) {
        busy += milliseconds[type.getIndex()];
      }
    }
    return busy == 0 ? Double.NaN : busy / 1e3;
  }

  private static double ofThisProcess() {
    long nanos =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    return nanos < 0 ? Double.NaN : nanos / 1e9;
  }

  /** Returns the mean number of cores until now, null if it is unknown. */
  public @Nullable Double cores() {
    double seconds = clockSeconds.getAsDouble() - clockStart;
    double system = systemSeconds.getAsDouble() - systemStart;
    double own = ownSeconds.getAsDouble() - ownStart;
    double cores = (system - own) / seconds;
    return seconds < SHORTEST_SECONDS || Double.isNaN(cores) ? null : Math.max(0, cores);
  }
}
