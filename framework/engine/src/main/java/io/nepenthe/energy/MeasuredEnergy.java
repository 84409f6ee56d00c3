package io.nepenthe.energy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * Energy that the machine's own counters showed, of all that ran on it; without its other parts,
 * and without cooling.
 *
 * @param raplWattHours of the CPU packages; null if RAPL cannot be read
 * @param nvidiaSmiWattHours of the GPUs; null without nvidia-smi
 */
public record MeasuredEnergy(@Nullable Double raplWattHours, @Nullable Double nvidiaSmiWattHours) {
  /** What a machine without counters measures. */
  public static final MeasuredEnergy NONE = new MeasuredEnergy(null, null);

  /** Checks that neither is negative. */
  public MeasuredEnergy {
    requireEnergy("raplWattHours", raplWattHours);
    requireEnergy("nvidiaSmiWattHours", nvidiaSmiWattHours);
  }

  /** Returns true if nothing could be read. */
  @JsonIgnore
  public boolean isNone() {
    return raplWattHours == null && nvidiaSmiWattHours == null;
  }

  private static void requireEnergy(String what, @Nullable Double value) {
    if (value != null && !(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + " is " + value + ", must be at least 0");
    }
  }
}
