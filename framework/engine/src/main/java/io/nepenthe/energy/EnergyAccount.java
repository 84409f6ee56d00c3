package io.nepenthe.energy;

import java.util.List;
import java.util.Objects;

/**
 * What a run used, and the machines for which energy and carbon are estimated of it.
 *
 * @param use the run's {@code energy.json}
 * @param machines descriptions of where it ran; empty if none fits
 */
public record EnergyAccount(EnergyUse use, List<MachineProfile> machines) {
  /** Nothing is known. */
  public static final EnergyAccount NONE = new EnergyAccount(EnergyUse.NONE, List.of());

  /** Copies the list. */
  public EnergyAccount {
    Objects.requireNonNull(use, "use is null");
    machines = List.copyOf(machines);
  }

  /** Returns true if nothing is known. */
  public boolean isNone() {
    return use.invocations().isEmpty();
  }

  /** Returns an estimate for each machine, all that the run did included. */
  public List<EnergyEstimate> estimates() {
    return machines.stream().map(machine -> EnergyEstimate.of(machine, use.nodeHours())).toList();
  }
}
