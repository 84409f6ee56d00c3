package io.nepenthe.energy;

import io.nepenthe.machine.DaemonTimer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the machine's energy from when it was started, where it can: CPU packages by RAPL, GPUs
 * by nvidia-smi. A daemon thread polls every second; where nothing can be read, there is none.
 * Thread-safe.
 */
public final class EnergyMeter implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final @Nullable EnergySource rapl;
  private final @Nullable EnergySource nvidiaSmi;
  private final @Nullable DaemonTimer timer;

  private EnergyMeter(@Nullable EnergySource rapl, @Nullable EnergySource nvidiaSmi) {
    this.rapl = rapl;
    this.nvidiaSmi = nvidiaSmi;
    boolean none = rapl == null && nvidiaSmi == null;
    this.timer = none ? null : new DaemonTimer("energy-meter", PAUSE, this::poll);
  }

  /** Starts to measure this machine. */
  public static EnergyMeter start() {
    return start(RaplEnergy.FOLDER, NvidiaSmiEnergy.COMMAND);
  }

  /**
   * Starts to measure.
   *
   * @param powercap folder of the RAPL domains
   * @param smi command that prints one number of watts per GPU
   */
  public static EnergyMeter start(Path powercap, List<String> smi) {
    return new EnergyMeter(
        RaplEnergy.find(powercap).orElse(null),
        NvidiaSmiEnergy.find(smi, System::nanoTime).orElse(null));
  }

  private synchronized void poll() {
    Stream.of(rapl, nvidiaSmi).filter(Objects::nonNull).forEach(EnergySource::poll);
  }

  /** Returns what was measured from the start to now. */
  public synchronized MeasuredEnergy read() {
    poll();
    return new MeasuredEnergy(
        rapl == null ? null : rapl.wattHours(), nvidiaSmi == null ? null : nvidiaSmi.wattHours());
  }

  /** Ends the measurement. */
  @Override
  public void close() {
    if (timer != null) {
      timer.close();
    }
  }
}
