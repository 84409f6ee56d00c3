package io.nepenthe.timing;

import io.nepenthe.suite.Suite;
import io.nepenthe.worker.WorkerSettings;

/**
 * How winners are timed.
 *
 * @param forks fresh JVMs per task and method
 * @param device where they run: "cpu", "gpu", "gpu1", ...
 * @param again true if winners that are timed already are timed anew
 * @param replaceOtherMachines true if timings of other machines are moved out of the way
 * @param workers how the JVMs are started
 * @param gpu how the driver names the device; empty if it is no GPU
 */
public record TimingOptions(
    int forks,
    String device,
    boolean again,
    boolean replaceOtherMachines,
    WorkerSettings workers,
    String gpu) {
  /** Fresh JVMs if nothing else is said: the fewest that JMH gives an error for. */
  public static final int FORKS = Suite.USUAL_FORKS;
}
