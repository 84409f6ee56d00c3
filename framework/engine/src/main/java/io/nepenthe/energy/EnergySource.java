package io.nepenthe.energy;

import org.jspecify.annotations.Nullable;

/** Something whose use of energy can be read while it goes on. Not thread-safe. */
sealed interface EnergySource permits RaplEnergy, NvidiaSmiEnergy {
  /** Reads on. To be called about once a second: counters wrap around, and power changes. */
  void poll();

  /**
   * Returns the watt-hours from the start to the last poll; null if part of them was missed: a sum
   * that lacks something is no measurement.
   */
  @Nullable Double wattHours();
}
