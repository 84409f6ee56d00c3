package io.nepenthe.energy;

import org.jspecify.annotations.Nullable;

/** A counter of energy that can be read at any time. Not thread-safe. */
sealed interface EnergySource permits RaplEnergy, NvidiaSmiEnergy {
  /** Reads on. To be called about once a second: counters wrap around, and power changes. */
  void poll();

  /**
   * Returns the watt-hours from the start to the last poll; null if part of them was missed: a sum
   * that lacks something is no measurement.
   */
  @Nullable Double wattHours();
}
