package io.nepenthe.energy;

import io.nepenthe.provenance.Machine;
import java.util.Objects;

/**
 * One call of the command that worked on a run.
 *
 * @param startedAt ISO-8601 instant
 * @param wallSeconds from then on
 * @param measured what the machine's counters showed meanwhile
 * @param machine where
 */
public record EnergyInvocation(
    String startedAt, double wallSeconds, MeasuredEnergy measured, Machine machine) {
  /** Checks that nothing is missing and that time went forward. */
  public EnergyInvocation {
    Objects.requireNonNull(startedAt, "startedAt is missing");
    Objects.requireNonNull(measured, "measured is missing");
    Objects.requireNonNull(machine, "machine is missing");
    if (!(wallSeconds >= 0 && wallSeconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "wallSeconds is " + wallSeconds + ", must be at least 0 and finite");
    }
  }
}
