package io.nepenthe.energy;

import org.jspecify.annotations.Nullable;

/**
 * The constants of the paper's equations 4 and 5 for one machine (section A.6, Table 4).
 *
 * @param name as the command line knows it
 * @param description what the machine is, and where the constants come from
 * @param cpuUsage c_u: share of their power that the CPUs of a node draw, in [0, 1]
 * @param cpuWatts c_tdp: thermal design power of a node's CPUs
 * @param gpus n_gpu: GPUs per node; 0 if left out
 * @param gpuUsage g_u: share of their power that the GPUs draw, in [0, 1]; left out without GPUs
 * @param gpuWatts g_tdp: thermal design power of one GPU; left out without GPUs
 * @param memoryGigabytes DRAM of a node
 * @param powerUsageEffectiveness PUE: power of the data centre for each watt of its machines, at
 *     least 1
 * @param carbonGramsPerKilowattHour CI: CO2 equivalents emitted for a kWh of the machine's grid
 */
public record MachineProfile(
    String name,
    String description,
    Double cpuUsage,
    Double cpuWatts,
    @Nullable Integer gpus,
    @Nullable Double gpuUsage,
    @Nullable Double gpuWatts,
    Double memoryGigabytes,
    Double powerUsageEffectiveness,
    Double carbonGramsPerKilowattHour) {
  /** What a gigabyte of DRAM draws (equation 4). */
  private static final double WATTS_PER_GIGABYTE = 0.3725;

  private static final double NO_LIMIT = Double.MAX_VALUE;

  /** Fills in a machine without GPUs and checks the rest. */
  public MachineProfile {
    gpus = gpus == null ? 0 : gpus;
    gpuUsage = gpuUsage == null && gpus == 0 ? Double.valueOf(0) : gpuUsage;
    gpuWatts = gpuWatts == null && gpus == 0 ? Double.valueOf(0) : gpuWatts;
    require(name != null && !name.isBlank(), "name is missing");
    require(description != null && !description.isBlank(), "description is missing");
    requireWithin("cpuUsage", cpuUsage, 0, 1);
    requireWithin("cpuWatts", cpuWatts, 0, NO_LIMIT);
    requireWithin("gpus", gpus.doubleValue(), 0, NO_LIMIT);
    requireWithin("gpuUsage", gpuUsage, 0, 1);
    requireWithin("gpuWatts", gpuWatts, 0, NO_LIMIT);
    requireWithin("memoryGigabytes", memoryGigabytes, 0, NO_LIMIT);
    requireWithin("powerUsageEffectiveness", powerUsageEffectiveness, 1, NO_LIMIT);
    requireWithin("carbonGramsPerKilowattHour", carbonGramsPerKilowattHour, 0, NO_LIMIT);
  }

  /** Returns what one busy node draws, its part of cooling and losses included (equation 4). */
  public double wattsPerNode() {
    return (cpuUsage * cpuWatts + gpus * gpuUsage * gpuWatts + WATTS_PER_GIGABYTE * memoryGigabytes)
        * powerUsageEffectiveness;
  }

  private static void requireWithin(String what, @Nullable Double value, double min, double max) {
    require(value != null, what + " is missing");
    require(
        value >= min && value <= max, // NaN is not
        what
            + " is "
            + value
            + ", must be "
            + (max == NO_LIMIT ? "at least " + min : "in [" + min + ", " + max + "]"));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
