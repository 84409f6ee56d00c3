package io.nepenthe.energy;

import io.nepenthe.machine.CommandOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Energy of all GPUs of the machine, whoever uses them: the power that nvidia-smi tells, integrated
 * by the trapezoidal rule.
 */
final class NvidiaSmiEnergy implements EnergySource {
  /** Prints one number of watts per GPU. */
  static final List<String> COMMAND =
      List.of("nvidia-smi", "--query-gpu=power.draw", "--format=csv,noheader,nounits");

  /** A longer time without an answer is not bridged. */
  private static final Duration LONGEST_GAP = Duration.ofSeconds(30);

  private static final double NANOS_PER_HOUR = Duration.ofHours(1).toNanos();

  private final List<String> command;
  private final LongSupplier nanoTime;
  private double lastWatts;
  private long lastNanos;
  private double wattHours;
  private boolean lost;

  private NvidiaSmiEnergy(
      List<String> command, LongSupplier nanoTime, double firstWatts, long firstNanos) {
    this.command = List.copyOf(command);
    this.nanoTime = nanoTime;
    this.lastWatts = firstWatts;
    this.lastNanos = firstNanos;
  }

  /** Starts to measure, if the command tells a power. */
  static Optional<NvidiaSmiEnergy> find(List<String> command, LongSupplier nanoTime) {
    Double watts = watts(command);
    return watts == null
        ? Optional.empty()
        : Optional.of(new NvidiaSmiEnergy(command, nanoTime, watts, nanoTime.getAsLong()));
  }

  @Override
  public void poll() {
    Double watts = watts(command);
    long now = nanoTime.getAsLong();
    if (now - lastNanos > LONGEST_GAP.toNanos()) {
      lost = true;
    }
    if (watts != null) {
      wattHours += (lastWatts + watts) / 2 * (now - lastNanos) / NANOS_PER_HOUR;
      lastWatts = watts;
      lastNanos = now;
    }
  }

  @Override
  public @Nullable Double wattHours() {
    return lost ? null : wattHours;
  }

  private static @Nullable Double watts(List<String> command) {
    String output = CommandOutput.of(Path.of("."), command);
    if (output == null || output.isEmpty()) {
      return null;
    }
    try {
      return output.lines().mapToDouble(line -> Double.parseDouble(line.strip())).sum();
    } catch (NumberFormatException e) {
      return null; // "[N/A]": a GPU that does not tell
    }
  }
}
