package io.nepenthe.cli;

import io.nepenthe.energy.EnergyEstimate;
import io.nepenthe.energy.EnergyUse;
import io.nepenthe.energy.MachineProfile;
import io.nepenthe.energy.MeasuredEnergy;
import io.nepenthe.summary.StoredRun;
import io.nepenthe.summary.TuningCost;
import java.util.List;

/**
 * What a run took, as {@code energy --json} prints it.
 *
 * @param wallSeconds of all calls of the command
 * @param nodeHours the same in hours: a run is on one node at a time
 * @param invocations calls of the command
 * @param measured by the machine's counters; nulls where there are none
 * @param measuredSeconds of the calls that could measure something
 * @param estimated one for each profile
 * @param methods what each method's tuning took, in the suite's order
 */
record EnergyReport(
    double wallSeconds,
    double nodeHours,
    int invocations,
    MeasuredEnergy measured,
    double measuredSeconds,
    List<EnergyEstimate> estimated,
    List<Method> methods) {
  /**
   * A method's part.
   *
   * @param tuning its trials
   * @param estimated its share of the run's estimates: all that the run did is split by trial
   *     seconds
   */
  record Method(TuningCost tuning, List<EnergyEstimate> estimated) {}

  static EnergyReport of(StoredRun run, EnergyUse use, List<MachineProfile> profiles) {
    List<EnergyEstimate> estimates =
        profiles.stream().map(profile -> EnergyEstimate.of(profile, use.nodeHours())).toList();
    return new EnergyReport(
        use.wallSeconds(),
        use.nodeHours(),
        use.invocations().size(),
        use.measured(),
        use.measuredSeconds(),
        estimates,
        TuningCost.of(run.info().methods(), run.trials()).stream()
            .map(
                tuning ->
                    new Method(
                        tuning, estimates.stream().map(e -> e.share(tuning.share())).toList()))
            .toList());
  }
}
